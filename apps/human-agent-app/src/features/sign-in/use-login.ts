import { useEffect, useState } from "react";
import type { Backend } from "../../lib/backend.ts";
import { keptLogin, mayBeSignedIn } from "../../lib/kept-login.ts";
import { withSupabase } from "../../lib/with-supabase.ts";

/**
 * Who is signed in. `expired`: somebody was and did not sign out, so that what they were writing is kept while they sign
 * in again.
 */
export interface Login {
  state: "unknown" | "in" | "out" | "expired";
  userId: string | null;
}

/**
 * Follows the session of this browser. Who was signed in here is taken at their word until supabase-js is there and says
 * otherwise: the backend believes nobody without a token. Without a network the last one known counts.
 */
export function useLogin(backend: Backend): Login {
  const [kept] = useState(() => keptLogin(backend.config.api_url));
  const [login, setLogin] = useState<Login>(
    kept ? { state: "in", userId: kept.userId } : { state: "unknown", userId: null },
  );
  useEffect(() =>
    withSupabase(backend, ({ auth }) => {
      let isTold = false;
      const { data } = auth.onAuthStateChange((event, session) => {
        const isOnPurpose = sessionStorage.getItem(signingOut) !== null;
        if (session) {
          sessionStorage.removeItem(signingOut);
          setLogin({ state: "in", userId: session.user.id });
        } else {
          // What was kept and is worth nothing any more is no session that ended while somebody worked.
          const hasEnded = event === "SIGNED_OUT" && isTold && !isOnPurpose;
          setLogin((last) =>
            hasEnded && last.userId !== null
              ? { state: "expired", userId: last.userId }
              : { state: "out", userId: null }
          );
        }
        isTold ||= event === "INITIAL_SESSION";
      });
      return () => data.subscription.unsubscribe();
    }, kept === null && mayBeSignedIn()), [backend, kept]);
  return login;
}

const signingOut = "signing-out";

/** Ends the session of this browser, on purpose. */
export async function signOut(backend: Backend): Promise<void> {
  sessionStorage.setItem(signingOut, "1");
  const { auth } = await backend.supabase();
  await auth.signOut({ scope: "local" });
}
