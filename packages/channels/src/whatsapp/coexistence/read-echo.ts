import type { Echo, RejectedPart } from "@app/contracts/mod.ts";
import { isJsonObject, type Json } from "../clean-json.ts";
import { type ContactCards, findCard } from "../contact-cards.ts";
import { mergeIdentities, readIdentities } from "../identities.ts";
import { providerId } from "../lenient.ts";
import { readTimestamp } from "../read-timestamp.ts";
import { readOwnContent } from "./read-own-content.ts";

/**
 * Reads a message that the owner typed in the phone app, of the field `smb_message_echoes`: `from` is the owner, `to` the
 * customer.
 *
 * @param raw One item of `message_echoes`; its strings are clean.
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/custom-flows/onboarding-business-app-users
 */
export function readEcho(raw: Json, cards: ContactCards, now: Date): Echo | RejectedPart {
  const id = isJsonObject(raw) ? providerId.safeParse(raw.id) : undefined;
  if (!isJsonObject(raw) || !id?.success) return { reason: "no_id", body: raw };
  const receiver = readIdentities([raw.to_user_id], [raw.to]);
  const card = findCard(cards, receiver);
  const identities = mergeIdentities([...receiver, ...(card?.identities ?? [])]);
  if (identities.length === 0) return { reason: "no_sender", body: raw };
  return {
    kind: "echo",
    externalId: id.data,
    timestamp: readTimestamp(raw.timestamp, now),
    identities,
    profile: card?.profile ?? {},
    ...readOwnContent(raw),
  };
}
