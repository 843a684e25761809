import type { Session } from "../../lib/records/session.ts";

/** What an agent can do at the foot of a conversation. */
export type ComposerState = "write" | "take_over" | "window_closed" | "blocked" | "opted_out" | "resolved";

/** Decides it: the rule of `api.send_message`, told before anything is written. */
export function composerState(session: Session, me: string, now: number): ComposerState {
  if (session.status !== "open") return "resolved";
  if (session.blocked_at) return "blocked";
  if (session.opted_out_at) return "opted_out";
  if (session.holder !== "human" || session.assigned_to !== me) return "take_over";
  return !session.window_expires_at || Date.parse(session.window_expires_at) <= now
    ? "window_closed"
    : "write";
}
