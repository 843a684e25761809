import {
  type ChannelDelivery,
  type InboundMessage,
  InvalidInput,
  type RejectedPart,
  type StatusUpdate,
} from "@app/contracts/mod.ts";
import { cleanJson, isJsonObject, type Json, type JsonObject } from "./clean-json.ts";
import { readContactCards } from "./contact-cards.ts";
import { readMessage } from "./read-message.ts";
import { readStatus } from "./read-status.ts";

/**
 * Translates one webhook delivery, already verified, into the product's words.
 *
 * One delivery may speak of several numbers of several tenants: there is one result for each, in the order in which the
 * numbers appear, and within it everything in the order in which it was written. An id that comes twice is kept twice.
 * Fields other than `messages` are left alone, and numbers of which nothing is said are left out. Each message is parsed alone, so that a bad one harms no other.
 *
 * @param rawBody The request body.
 * @param now When it arrived.
 * @throws {InvalidInput} If the body is not JSON, or not of a WhatsApp business account. Nothing else is thrown.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function readDelivery(rawBody: Uint8Array, now: Date = new Date()): ChannelDelivery[] {
  const root = parseBody(rawBody);
  const deliveries = new Map<string, Draft>();
  for (const entry of objectsIn(root.entry)) {
    for (const change of objectsIn(entry.changes)) {
      if (change.field !== "messages" || !isJsonObject(change.value)) continue;
      const channelId = readChannelId(change.value);
      const draft = deliveries.get(channelId) ?? newDraft(channelId);
      deliveries.set(channelId, draft);
      addChange(draft, change.value, now);
      draft.entries.push({ ...entry, changes: [change] });
    }
  }
  return [...deliveries.values()].filter(saysSomething).map(finish);
}

/** A delivery that is still being collected. */
interface Draft {
  channelId: string;
  messages: InboundMessage[];
  statuses: StatusUpdate[];
  rejected: RejectedPart[];
  entries: JsonObject[];
}

/** Longest id of a number that is believed; Meta's have some 15 digits. */
const maxChannelIdLength = 100;

/** Rejected parts of one number that are kept; Meta promises at most 1,000 updates in a POST. */
const maxRejected = 1000;

const decoder = new TextDecoder();

function parseBody(rawBody: Uint8Array): JsonObject {
  let root: Json;
  try {
    root = cleanJson(JSON.parse(decoder.decode(rawBody)));
  } catch (cause) {
    // The cause would quote the customer's text.
    const reason = cause instanceof Error ? cause.name : "unreadable";
    throw new InvalidInput(`Cannot read delivery of ${rawBody.length} bytes: ${reason}, want JSON`);
  }
  if (!isJsonObject(root) || root.object !== "whatsapp_business_account") {
    throw new InvalidInput(
      `Cannot read delivery of ${rawBody.length} bytes: want an object "whatsapp_business_account"`,
    );
  }
  return root;
}

function newDraft(channelId: string): Draft {
  return { channelId, messages: [], statuses: [], rejected: [], entries: [] };
}

function addChange(draft: Draft, value: JsonObject, now: Date): void {
  const cards = readContactCards(value.contacts);
  for (const raw of itemsIn(value.messages)) {
    const read = readMessage(raw, cards, now);
    if ("reason" in read) reject(draft, read);
    else draft.messages.push(read);
  }
  for (const raw of itemsIn(value.statuses)) {
    const read = readStatus(raw, now);
    if ("reason" in read) reject(draft, read);
    else draft.statuses.push(read);
  }
  for (const body of itemsIn(value.errors)) reject(draft, { reason: "provider_error", body });
}

function reject(draft: Draft, part: RejectedPart): void {
  if (draft.rejected.length < maxRejected) draft.rejected.push(part);
}

function saysSomething({ messages, statuses, rejected }: Draft): boolean {
  return messages.length > 0 || statuses.length > 0 || rejected.length > 0;
}

function finish({ entries, rejected, ...delivery }: Draft): ChannelDelivery {
  return {
    channelType: "whatsapp",
    ...delivery,
    body: { object: "whatsapp_business_account", entry: entries },
    ...(rejected.length > 0 && { rejected }),
  };
}

function readChannelId(value: JsonObject): string {
  const id = isJsonObject(value.metadata) ? value.metadata.phone_number_id : undefined;
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxChannelIdLength ? id : "";
}

function itemsIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return itemsIn(value).filter(isJsonObject);
}
