import type { Session } from "./records/session.ts";

/** How pressing a time is. `closed`: the reply window is over and only a template can be sent. */
export type Pressure = "closed" | "overdue" | "soon" | "calm" | "none";

/** What is left before something is lost, in milliseconds; `what` says what. */
export interface TimeLeft {
  what: "window" | "due";
  ms: number;
  pressure: Pressure;
}

const minute = 60_000;

/** The nearer of the reply window's end and the request's due time; null where neither runs. */
export function timeLeft(session: Session, now: number): TimeLeft | null {
  if (session.status !== "open") return null;
  const window = session.window_expires_at ? Date.parse(session.window_expires_at) - now : null;
  if (window !== null && window <= 0) return { what: "window", ms: window, pressure: "closed" };
  // A request that a person has answered is not due any more; the contact's next words make it so again.
  const isDue = session.due_at !== null && session.last_message_from !== "agent";
  const due = isDue ? Date.parse(session.due_at ?? "") - now : null;
  if (window === null && due === null) return null;
  if (due !== null && (window === null || due < window)) {
    return { what: "due", ms: due, pressure: due <= 0 ? "overdue" : due < 5 * minute ? "soon" : "calm" };
  }
  const ms = window ?? 0;
  return { what: "window", ms, pressure: ms < 60 * minute ? "soon" : ms < 6 * 60 * minute ? "calm" : "none" };
}

/** A length of time in its two largest units at most: `3 d`, `2 h 05`, `12 min`, `<1 min`. Sign is dropped. */
export function shortLength(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / minute);
  if (minutes < 1) return "<1 min";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 10) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
