import { landing } from "./landing.ts";

/** How supabase-js names the session that it keeps in this browser. */
const sessionKey = /^sb-.+-auth-token$/;

/** Whether somebody may be signed in here, told before the client of the backend is there: a session is kept, or a link brings one. */
export function hasSession(): boolean {
  return landing.type !== null || Object.keys(localStorage).some((key) => sessionKey.test(key));
}
