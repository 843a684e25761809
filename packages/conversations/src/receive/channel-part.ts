import type { ContactIdentity, Echo, HistoryMessage, InboundMessage } from "@app/contracts/mod.ts";

/** Something a channel told that is no message of a conversation, as `engine.keep_channel_events` keeps it. */
export interface ChannelEvent {
  kind: string;
  /** The provider's id; absent: one is made of the body. */
  externalId?: string;
  /** ISO 8601; absent: now. */
  timestamp?: string;
  /** Whom it is about, so that it goes with them. */
  identities?: ContactIdentity[];
  /** The message that it changes. */
  messageExternalId?: string;
  body: Record<string, unknown>;
}

type Changing = Pick<
  InboundMessage | Echo | HistoryMessage,
  "externalId" | "timestamp" | "change" | "reaction"
>;

/**
 * The event of a message that edits, takes back or reacts to another; `undefined` for one that says something itself.
 *
 * @param by Which side did it: people change only what their own side wrote.
 */
export function toChange(
  { externalId, timestamp, change, reaction }: Changing,
  by: "contact" | "owner",
): ChannelEvent | undefined {
  const head = { externalId, timestamp };
  if (reaction !== undefined) {
    const { messageExternalId, emoji } = reaction;
    return { ...head, kind: "reaction", messageExternalId, body: { by, emoji } };
  }
  if (change === undefined) return undefined;
  const { kind, originalExternalId: messageExternalId, ...now } = change;
  return { ...head, kind: kind === "edited" ? "edit" : "revoke", messageExternalId, body: { by, ...now } };
}
