import { hasSession } from "../lib/has-session.ts";

/**
 * Fetches the code of what will be shown while the login is still being looked at: the client of the backend, the desk, and
 * the conversation that the address names. Whoever has no session here sees the sign-in, which needs none of it.
 */
export function fetchAhead(): void {
  if (!hasSession()) return;
  void import("../lib/backend.ts");
  void import("./workplace.tsx");
  void import("./desk-layout.tsx");
  if (/\/c\/[^/]+$/.test(location.pathname)) void import("./conversation-page.tsx");
}
