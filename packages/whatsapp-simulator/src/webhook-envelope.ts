import type { Customer, JsonObject, MessageStatus } from "./ledger-event.ts";
import { phoneDigits } from "./identifiers.ts";
import type { BusinessNumber } from "./registry.ts";
import type { ChatMessage } from "./chat-message.ts";

/** A message or a status of one number, to be told to the product. */
interface ChatUpdate {
  kind: "message" | "status";
  appId: string;
  /** Milliseconds since 1970 when it happened: it is tried for 7 days from here. */
  since: number;
  number: BusinessNumber;
  /** `contacts` of the update; a failed status has none. */
  contact?: JsonObject;
  /** An entry of `messages` or `statuses`. */
  entry: JsonObject;
  /** What the ledger calls it. */
  about: { wamid: string; phone_number_id: string; customer: string; status?: MessageStatus };
}

/** Anything else, to be told to the product. */
interface EventUpdate {
  kind: "event";
  appId: string;
  since: number;
  wabaId: string;
  field: string;
  value: JsonObject;
  /** What the ledger calls it. */
  id: string;
}

/** One thing to tell the product. */
export type WebhookUpdate = ChatUpdate | EventUpdate;

/** How webhooks describe a person: `wa_id` only if the phone is shared. */
export function contactOf(customer: Customer): JsonObject {
  return {
    profile: { name: customer.name, ...(customer.username && { username: customer.username }) },
    ...(customer.phone && customer.shares_phone && { wa_id: customer.phone }),
    user_id: customer.bsuid,
  };
}

/** The `statuses[]` entry of an outbound message. `pricing` comes with `sent`; `failed` names no BSUID when sent to a phone. */
export function statusOf(
  message: ChatMessage,
  status: MessageStatus,
  customer: Customer,
  atSeconds: number,
  error?: { code: number; title: string; details: string },
): JsonObject {
  const toPhone = message.addressed_by === "phone";
  return {
    id: message.wamid,
    status,
    timestamp: String(atSeconds),
    ...(toPhone && customer.phone && { recipient_id: customer.phone }),
    ...(!(toPhone && status === "failed") && { recipient_user_id: customer.bsuid }),
    ...(message.callback_data !== undefined && { biz_opaque_callback_data: message.callback_data }),
    ...(status === "sent" && { pricing: pricingOf(message) }),
    ...(error && {
      errors: [{
        code: error.code,
        title: error.title,
        message: error.title,
        error_data: { details: error.details },
        href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
      }],
    }),
  };
}

/** One POST body for all these updates, which must belong to one app. Updates of one number share one change. */
export function envelopeOf(updates: WebhookUpdate[]): JsonObject {
  const changes = new Map<string, { number: BusinessNumber; updates: ChatUpdate[] }>();
  const events: EventUpdate[] = [];
  for (const update of updates) {
    if (update.kind === "event") {
      events.push(update);
      continue;
    }
    const key = `${update.number.phone_number_id}|${update.kind}`;
    const change = changes.get(key);
    if (change) change.updates.push(update);
    else changes.set(key, { number: update.number, updates: [update] });
  }
  const entries = [...changes.values()].map((change) => ({
    id: change.number.waba_id,
    changes: [{ field: "messages", value: valueOf(change.number, change.updates) }],
  }));
  return { object: "whatsapp_business_account", entry: [...entries, ...events.map(entryOfEvent)] };
}

/** Only events of accounts and templates have a time of their own. */
function entryOfEvent({ wabaId, field, value, since }: EventUpdate): JsonObject {
  const isOfAccount = value.metadata === undefined;
  return {
    id: wabaId,
    ...(isOfAccount && { time: Math.floor(since / 1000) }),
    changes: [{ field, value }],
  };
}

/** The exact bytes that are signed and sent. */
export function bytesOf(envelope: JsonObject, escapeUnicode: boolean): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(envelope);
  const written = escapeUnicode
    ? text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    : text;
  return new TextEncoder().encode(written);
}

/** The `metadata` by which a webhook names the number that it is about. */
export function metadataOf(number: BusinessNumber): JsonObject {
  return {
    display_phone_number: phoneDigits(number.display_phone_number) || number.display_phone_number,
    phone_number_id: number.phone_number_id,
  };
}

function valueOf(number: BusinessNumber, updates: ChatUpdate[]): JsonObject {
  const contacts = new Map<string, JsonObject>();
  for (const { contact } of updates) if (contact) contacts.set(String(contact.user_id), contact);
  const messages = updates.filter(({ kind }) => kind === "message").map(({ entry }) => entry);
  const statuses = updates.filter(({ kind }) => kind === "status").map(({ entry }) => entry);
  return {
    messaging_product: "whatsapp",
    metadata: metadataOf(number),
    ...(contacts.size > 0 && { contacts: [...contacts.values()] }),
    ...(messages.length > 0 && { messages }),
    ...(statuses.length > 0 && { statuses }),
  };
}

function pricingOf(message: ChatMessage): JsonObject {
  const isTemplate = message.message.type === "template";
  return {
    billable: isTemplate,
    pricing_model: "PMP",
    type: isTemplate ? "regular" : "free_customer_service",
    category: isTemplate ? "utility" : "service",
  };
}
