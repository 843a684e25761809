import type { InboundMessage, RejectedPart } from "@app/contracts/mod.ts";
import { isJsonObject, type Json, type JsonObject } from "./clean-json.ts";
import { type ContactCards, findCard } from "./contact-cards.ts";
import { mergeIdentities, readIdentities } from "./identities.ts";
import { providerId } from "./lenient.ts";
import { readContent } from "./read-content.ts";
import { readTimestamp } from "./read-timestamp.ts";

/**
 * Reads one message of a delivery.
 *
 * @param raw One item of `messages`; its strings are clean.
 * @param cards The people that the delivery describes.
 * @param now When the delivery arrived; stands in for a time that cannot be.
 * @returns The message, or the reason why it cannot be stored as any message.
 */
export function readMessage(
  raw: Json,
  cards: ContactCards,
  now: Date,
): InboundMessage | RejectedPart {
  const id = isJsonObject(raw) ? providerId.safeParse(raw.id) : undefined;
  if (!isJsonObject(raw) || !id?.success) return { reason: "no_id", body: raw };

  const sender = readIdentities([raw.from_user_id, ...changedUserIds(raw)], [raw.from]);
  const card = findCard(cards, sender);
  const identities = mergeIdentities([...sender, ...(card?.identities ?? [])]);
  if (identities.length === 0) return { reason: "no_sender", body: raw };

  const { isTap = false, needsAnswer = true, ...content } = readContent(raw);
  return {
    kind: "message",
    externalId: id.data,
    timestamp: readTimestamp(raw.timestamp, now),
    identities,
    profile: card?.profile ?? {},
    ...content,
    isTap,
    needsAnswer,
  };
}

/**
 * A notice of a changed user id has no sender, only the new id and the previous one: both are the same person. A changed
 * phone is not followed here, since phones pass to other people.
 */
function changedUserIds({ type, system }: JsonObject): Json[] {
  if (type !== "system" || !isJsonObject(system)) return [];
  return [system.user_id, system.previous_user_id].filter((userId) => userId !== undefined);
}
