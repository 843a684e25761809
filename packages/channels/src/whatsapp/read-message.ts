import type { InboundMessage, RejectedPart } from "@app/contracts/mod.ts";
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "./clean-json.ts";
import { type ContactCards, findCard } from "./contact-cards.ts";
import { mergeIdentities, readIdentities } from "./identities.ts";
import { lenient, lenientString, providerId } from "./lenient.ts";
import type { BodyReader, MessageBody } from "./message-body.ts";
import { readInteractive, readTemplateButton } from "./read-interactive.ts";
import { readLocation } from "./read-location.ts";
import { mediaReader } from "./read-media.ts";
import { readOrder } from "./read-order.ts";
import { readReaction } from "./read-reaction.ts";
import { readSharedContacts } from "./read-shared-contacts.ts";
import { readEdit, readRevoke, readSystem } from "./read-system.ts";
import { readText } from "./read-text.ts";
import { readTimestamp } from "./read-timestamp.ts";

/** Meta's message types and who reads them. A map: a type may be any word, `constructor` too. */
const readers = new Map<string, BodyReader>([
  ["text", readText],
  ["image", mediaReader("image", "image")],
  ["audio", mediaReader("audio", "audio")],
  ["voice", mediaReader("voice", "audio")],
  ["video", mediaReader("video", "video")],
  ["document", mediaReader("document", "document")],
  ["sticker", mediaReader("sticker", "sticker")],
  ["interactive", readInteractive],
  ["button", readTemplateButton],
  ["location", readLocation],
  ["contacts", readSharedContacts],
  ["reaction", readReaction],
  ["order", readOrder],
  ["system", readSystem],
  ["edit", readEdit],
  ["revoke", readRevoke],
]);

const head = z.looseObject({
  id: providerId,
  type: lenientString,
  context: lenient(z.looseObject({ id: lenient(providerId) })),
  referral: lenient(z.looseObject({})),
});

/**
 * Reads one message of a delivery. What is not what its type says, and every type that is not known, becomes
 * `unsupported` with its raw body.
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
  const parsed = head.safeParse(raw);
  if (!isJsonObject(raw) || !parsed.success) return { reason: "no_id", body: raw };
  const { id, context, type } = parsed.data;

  const sender = readIdentities([raw.from_user_id, ...changedUserIds(raw)], [raw.from]);
  const card = findCard(cards, sender);
  const identities = mergeIdentities([...sender, ...(card?.identities ?? [])]);
  if (identities.length === 0) return { reason: "no_sender", body: raw };

  // A group is many people in one conversation, which the product does not hold yet.
  const isFromGroup = raw.group_id !== undefined;
  const reader = isFromGroup ? undefined : readers.get(type ?? "");
  const read = reader?.(raw) ?? null;
  const body = read === null ? unsupported(raw) : withSurroundings(read, parsed.data);
  const replyTo = body.replyTo ?? context?.id;
  return {
    kind: "message",
    externalId: id,
    timestamp: readTimestamp(raw.timestamp, now),
    identities,
    profile: card?.profile ?? {},
    type: body.type,
    content: body.content,
    payload: body.payload,
    ...(body.media && { media: body.media }),
    ...(replyTo !== undefined && { replyTo }),
    isTap: body.isTap ?? false,
    needsAnswer: body.needsAnswer ?? true,
  };
}

function unsupported(message: JsonObject): MessageBody {
  return { type: "unsupported", content: "", payload: message, needsAnswer: false };
}

/**
 * A notice of a changed user id has no sender, only the new id and the previous one: both are the same person. A changed
 * phone is not followed here, since phones pass to other people.
 */
function changedUserIds({ type, system }: JsonObject): Json[] {
  if (type !== "system" || !isJsonObject(system)) return [];
  return [system.user_id, system.previous_user_id].filter((userId) => userId !== undefined);
}

/** Keeps what the head says beyond the id of the quoted message: forwarded, product asked about, the ad that was tapped. */
function withSurroundings(body: MessageBody, { context, referral }: z.infer<typeof head>): MessageBody {
  const { id: _id, from: _from, ...facts } = context ?? {};
  return {
    ...body,
    payload: {
      ...body.payload,
      ...(Object.keys(facts).length > 0 && { context: facts }),
      ...(referral !== undefined && { referral }),
    },
  };
}
