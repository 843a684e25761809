import { plainText } from "../plain-words.ts";
import type { SnapshotMessage } from "../snapshot.ts";
import { momentAt } from "./moment-at.ts";
import { promisedBy } from "./promise-words.ts";
import { readDueTime } from "./read-due-time.ts";

/** Something that was promised to a customer. */
export interface PromiseProposal {
  /** As it was said. */
  text: string;
  /** ISO 8601. */
  dueAt: string;
  /** The bot writes when it is due; what only a person can do calls one. */
  doer: "bot" | "person";
}

/** More than these are no promises but chatter. */
const mostPromises = 10;
const longestText = 500;

/**
 * What people of the team promised in their messages, oldest first. What has no time is due tomorrow at 10:00; what is
 * overdue by now is due in an hour.
 *
 * @param now ISO 8601.
 */
export function findPromises(messages: SnapshotMessage[], now: string, timeZone: string): PromiseProposal[] {
  const found = new Map<string, PromiseProposal>();
  for (const { from, content, at } of messages) {
    if (from !== "agent") continue;
    for (const sentence of content.split(/(?<=[.!?…])\s+|\n+/)) {
      const text = sentence.trim().slice(0, longestText);
      const doer = text.includes("?") ? null : promisedBy(plainText(text));
      if (doer === null) continue;
      const said = readDueTime(text, at, timeZone) ?? momentAt(at, timeZone, 1, 10 * 60);
      const dueAt = Date.parse(said) > Date.parse(now)
        ? said
        : new Date(Date.parse(now) + 60 * 60_000).toISOString();
      found.set(plainText(text), { text, dueAt, doer });
    }
  }
  return [...found.values()].slice(-mostPromises);
}
