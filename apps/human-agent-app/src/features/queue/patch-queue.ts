import type { InfiniteData } from "@tanstack/react-query";
import type { Session } from "../../lib/records/session.ts";
import { belongs, orderOf, type QueueFilters } from "./queue-view.ts";
import { type QueueView } from "./queue-views.ts";

/** One page of a view. */
export interface QueuePage {
  sessions: Session[];
  next: Record<string, unknown> | null;
}

/** Which list is patched, for whom, and when. */
export interface PatchedView {
  view: QueueView;
  filters: QueueFilters;
  me: string;
  now: number;
}

/**
 * Puts changed conversations where they belong in what is loaded of a view, and takes out those that left it. One that
 * belongs behind everything loaded is left to the next page.
 *
 * @param ids What the event named; without a row in `changed` it is gone.
 */
export function patchQueue(
  data: InfiniteData<QueuePage>,
  ids: string[],
  changed: Session[],
  { view, filters, me, now }: PatchedView,
): InfiniteData<QueuePage> {
  const order = orderOf(view, now);
  const stayed = data.pages.flatMap((page) => page.sessions).filter((session) => !ids.includes(session.id));
  const arriving = changed.filter((session) => belongs(session, view, filters, me, now));
  const sessions = [...stayed, ...arriving].sort(order);
  const last = data.pages.at(-1);
  const edge = last?.next ? stayed.toSorted(order).at(-1) : undefined;
  const shown = edge ? sessions.filter((session) => order(session, edge) <= 0) : sessions;
  return {
    ...data,
    pages: data.pages.map((page, index) => ({ ...page, sessions: index === 0 ? shown : [] })),
  };
}
