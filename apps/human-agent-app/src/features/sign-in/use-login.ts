import { useEffect, useState } from "react";
import type { Backend } from "../../lib/backend.ts";

/**
 * Who is signed in. `expired`: somebody was and did not sign out, so that what they were writing is kept while they sign
 * in again.
 */
export interface Login {
  state: "unknown" | "in" | "out" | "expired";
  userId: string | null;
}

/** Follows the session of this browser, once the client is there; without a network the last one known counts. */
export function useLogin(backend: Backend | null): Login {
  const [login, setLogin] = useState<Login>({ state: "unknown", userId: null });
  useEffect(() => {
    if (!backend) return;
    const { data } = backend.auth.onAuthStateChange((event, session) => {
      const isOnPurpose = sessionStorage.getItem(signingOut) !== null;
      if (session) {
        sessionStorage.removeItem(signingOut);
        setLogin({ state: "in", userId: session.user.id });
        return;
      }
      setLogin((last) =>
        event === "SIGNED_OUT" && last.userId !== null && !isOnPurpose
          ? { state: "expired", userId: last.userId }
          : { state: "out", userId: null }
      );
    });
    return () => data.subscription.unsubscribe();
  }, [backend]);
  return login;
}

const signingOut = "signing-out";

/** Ends the session of this browser, on purpose. */
export async function signOut(backend: Backend): Promise<void> {
  sessionStorage.setItem(signingOut, "1");
  await backend.auth.signOut({ scope: "local" });
}
