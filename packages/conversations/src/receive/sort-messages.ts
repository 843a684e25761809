import type { InboundMessage } from "@app/contracts/mod.ts";
import { type ChannelEvent, toChange } from "./channel-part.ts";

/** What people sent, by what has to become of it. */
export interface SortedMessages {
  /** Said in a conversation. */
  said: InboundMessage[];
  /** Edits, revokes and reactions. */
  changes: ChannelEvent[];
  /** New names of people. */
  identityChanges: ChannelEvent[];
  /** Kept without effect: words said in groups, notices that name nothing we know. */
  notices: ChannelEvent[];
}

/** Tells what people said apart from what they did to messages, to their names, and in groups. */
export function sortMessages(messages: readonly InboundMessage[]): SortedMessages {
  const sorted: SortedMessages = { said: [], changes: [], identityChanges: [], notices: [] };
  for (const message of messages) {
    const { externalId, timestamp, identities, group, identityChange, payload } = message;
    const head = { externalId, timestamp, identities };
    const change = toChange(message, "contact");
    if (group !== undefined) {
      sorted.notices.push({ ...head, kind: "group_message", body: { ...group, payload } });
    } else if (change !== undefined) {
      sorted.changes.push(change);
    } else if (identityChange !== undefined) {
      const { externalId, timestamp } = message;
      sorted.identityChanges.push({ kind: "identity_change", externalId, timestamp, body: identityChange });
    } else if (message.type === "system") {
      sorted.notices.push({ ...head, kind: "notice", body: payload });
    } else {
      sorted.said.push(message);
    }
  }
  return sorted;
}
