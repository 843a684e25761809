import { later } from "../components/later.tsx";
import type { AppConfig } from "../lib/config.ts";
import { openBackend } from "../lib/backend.ts";
import { mayBeSignedIn } from "../lib/kept-login.ts";
import { landing } from "../lib/landing.ts";
import { useLogin } from "../features/sign-in/use-login.ts";
import { Splash } from "./splash.tsx";

const Workplace = later({
  load: () => import("./workplace.tsx").then((module) => module.Workplace),
  Waiting: Splash,
  isFirst: true,
});

const SignIn = later({
  load: () => import("../features/sign-in/sign-in.tsx").then((module) => module.SignIn),
  Waiting: Splash,
});

function greetingOf(path: string) {
  if (landing.error !== null) return "linkEnded";
  return path === "/invitation" ? "invited" : undefined;
}

/** Sign-in, and what lies behind it. What a person left on the screen stays below a sign-in that has expired. */
export function Signed({ config }: { config: AppConfig }) {
  const backend = openBackend(config);
  const login = useLogin(backend);
  if (login.state === "unknown" && mayBeSignedIn()) return <Splash />;
  if (login.userId === null) return <SignIn backend={backend} greeting={greetingOf(location.pathname)} />;
  return (
    <>
      <Workplace key={login.userId} backend={backend} userId={login.userId} />
      {login.state === "expired" && <SignIn backend={backend} isAgain />}
    </>
  );
}
