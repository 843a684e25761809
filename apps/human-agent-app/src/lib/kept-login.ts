import { landing } from "./landing.ts";
import { type KeptLogin, readLogin } from "./read-login.ts";

/** How supabase-js names the session that it keeps in this browser; the project's name is between. */
const anyLogin = /^sb-.+-auth-token$/;

/** Under which name the session of a project is kept: what supabase-js would take by itself. */
export function loginKey(apiUrl: string): string {
  return `sb-${new URL(apiUrl).hostname.split(".")[0]}-auth-token`;
}

/** Whether somebody may be signed in here, told before anything is known of the backend: a session is kept, or a link brings one. */
export function mayBeSignedIn(): boolean {
  return landing.type !== null || Object.keys(localStorage).some((key) => anyLogin.test(key));
}

/**
 * The login that this browser has kept, told without supabase-js, which is fetched later. Nothing where a link brings
 * another one: that is for supabase-js to find out.
 */
export function keptLogin(apiUrl: string, now: number = Date.now()): KeptLogin | null {
  return landing.type === null ? readLogin(localStorage.getItem(loginKey(apiUrl)), now) : null;
}
