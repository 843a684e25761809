/** How supabase-js names the session that it keeps in this browser. */
const sessionKey = /^sb-.+-auth-token$/;

/**
 * Fetches the code of what will be shown while the login is still being looked at: the desk, and the conversation that the
 * address names. Whoever has no session here sees the sign-in, which needs none of it.
 */
export function fetchAhead(): void {
  if (!Object.keys(localStorage).some((key) => sessionKey.test(key))) return;
  void import("./workplace.tsx");
  void import("./desk-layout.tsx");
  if (/\/c\/[^/]+$/.test(location.pathname)) void import("./conversation-page.tsx");
}
