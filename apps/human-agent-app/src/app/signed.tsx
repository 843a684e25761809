import { lazy, Suspense, useMemo } from "react";
import { openBackend } from "../lib/backend.ts";
import { landing } from "../lib/landing.ts";
import type { AppConfig } from "../lib/config.ts";
import { SignIn } from "../features/sign-in/sign-in.tsx";
import { useLogin } from "../features/sign-in/use-login.ts";
import { Splash } from "./splash.tsx";

const Workplace = lazy(() => import("./workplace.tsx"));

function greetingOf(path: string) {
  if (landing.error !== null) return "linkEnded";
  return path === "/invitation" ? "invited" : undefined;
}

/** Sign-in, and what lies behind it. What a person left on the screen stays below a sign-in that has expired. */
export function Signed({ config }: { config: AppConfig }) {
  const backend = useMemo(() => openBackend(config), [config]);
  const login = useLogin(backend);
  if (login.state === "unknown") return <Splash />;
  if (login.userId === null) return <SignIn backend={backend} greeting={greetingOf(location.pathname)} />;
  return (
    <>
      <Suspense fallback={<Splash />}>
        <Workplace key={login.userId} backend={backend} config={config} userId={login.userId} />
      </Suspense>
      {login.state === "expired" && <SignIn backend={backend} isAgain />}
    </>
  );
}
