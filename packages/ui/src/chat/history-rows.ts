import type { ChatItem } from "./chat-item.ts";
import { isSameDay } from "./format-time.ts";

/** A line of a conversation as it is laid out: the beginning of a day, or a message. */
export type HistoryRow =
  | { kind: "day"; key: string; at: string }
  | { kind: "message"; key: string; item: ChatItem; startsGroup: boolean };

/** Lays messages out in lines, with a separator where a day begins. Neighbours of one writer form a group. */
export function historyRows(items: ChatItem[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  let previous: ChatItem | undefined;
  for (const item of items) {
    const isNewDay = !previous || !isSameDay(previous.at, item.at);
    if (isNewDay) rows.push({ kind: "day", key: `day ${item.at.slice(0, 10)} ${item.id}`, at: item.at });
    const startsGroup = isNewDay || previous?.side !== item.side ||
      previous.author?.name !== item.author?.name ||
      previous.content.kind === "system" ||
      (previous.content.kind === "note") !== (item.content.kind === "note");
    rows.push({ kind: "message", key: item.id, item, startsGroup });
    previous = item;
  }
  return rows;
}
