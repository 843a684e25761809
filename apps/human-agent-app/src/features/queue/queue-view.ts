import type { Session } from "../../lib/records/session.ts";
import type { QueueView } from "./queue-views.ts";

/** What narrows a view down; left out passes all. */
export interface QueueFilters {
  config_id?: string;
  tag?: string;
  language?: string;
}

const byTimeLeft: QueueView[] = ["needs_answer", "mine", "unassigned", "snoozed"];

/** Whether a conversation stands in a view: the rule of `api.list_queue`, for patching what is on screen. */
export function belongs(
  session: Session,
  view: QueueView,
  filters: QueueFilters,
  me: string,
  now: number,
): boolean {
  if (session.last_message_at === null || !passes(session, filters)) return false;
  if (view === "resolved") return session.status === "resolved";
  if (session.status !== "open") return false;
  if (view === "all") return true;
  if (view === "bot") return session.holder === "bot";
  if (session.holder === "bot") return false;
  const isSnoozed = session.snoozed_until !== null && Date.parse(session.snoozed_until) > now &&
    session.unread_count === 0;
  if (isSnoozed !== (view === "snoozed")) return false;
  switch (view) {
    case "needs_answer":
      return session.holder === "queue" ||
        (session.assigned_to === me && session.last_message_from === "contact");
    case "mine":
      return session.assigned_to === me;
    case "unassigned":
      return session.assigned_to === null;
    case "snoozed":
      return true;
  }
}

function passes(session: Session, { config_id, tag, language }: QueueFilters): boolean {
  return (!config_id || session.config_id === config_id) && (!tag || session.tags.includes(tag)) &&
    (!language || session.language === language);
}

/** The order of a view, as a comparison. */
export function orderOf(view: QueueView, now: number): (one: Session, other: Session) => number {
  if (!byTimeLeft.includes(view)) {
    return (one, other) =>
      time(other.last_message_at) - time(one.last_message_at) || compare(other.id, one.id);
  }
  const isLate = (session: Session) =>
    session.window_expires_at === null || time(session.window_expires_at) <= now;
  const nearest = (session: Session) =>
    Math.min(
      session.last_message_from === "agent" ? Infinity : time(session.due_at),
      time(session.window_expires_at),
    );
  return (one, other) =>
    Number(isLate(one)) - Number(isLate(other)) || difference(nearest(one), nearest(other)) ||
    compare(one.id, other.id);
}

function time(at: string | null): number {
  return at === null ? Infinity : Date.parse(at);
}

function difference(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
