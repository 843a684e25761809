import { lazy, Suspense, useEffect, useState } from "react";
import type { AppConfig } from "../lib/config.ts";
import type { Backend } from "../lib/backend.ts";
import { hasSession } from "../lib/has-session.ts";
import { landing } from "../lib/landing.ts";
import { SignIn } from "../features/sign-in/sign-in.tsx";
import { useLogin } from "../features/sign-in/use-login.ts";
import { Splash } from "./splash.tsx";

const Workplace = lazy(() => import("./workplace.tsx"));

function greetingOf(path: string) {
  if (landing.error !== null) return "linkEnded";
  return path === "/invitation" ? "invited" : undefined;
}

/** The client of the backend is fetched beside the first screen: whoever signs in reads and types while it comes. */
async function open(config: AppConfig): Promise<Backend> {
  const { openBackend } = await import("../lib/backend.ts");
  return openBackend(config);
}

/** Sign-in, and what lies behind it. What a person left on the screen stays below a sign-in that has expired. */
export function Signed({ config }: { config: AppConfig }) {
  const [opening] = useState(() => open(config));
  const [backend, setBackend] = useState<Backend | null>(null);
  useEffect(() => void opening.then(setBackend), [opening]);
  const login = useLogin(backend);
  if (login.state === "unknown" && hasSession()) return <Splash />;
  if (!backend || login.userId === null) {
    return <SignIn backend={opening} greeting={greetingOf(location.pathname)} />;
  }
  return (
    <>
      <Suspense fallback={<Splash />}>
        <Workplace key={login.userId} backend={backend} config={config} userId={login.userId} />
      </Suspense>
      {login.state === "expired" && <SignIn backend={opening} isAgain />}
    </>
  );
}
