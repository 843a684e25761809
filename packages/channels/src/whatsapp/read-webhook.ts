import type { AccountDelivery, ChannelDelivery } from "@app/contracts/mod.ts";
import { readAccountEvent } from "./account/read-account-event.ts";
import { type ChannelDraft, draftOf, finishDrafts } from "./channel-draft.ts";
import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { objectsIn, parseBody } from "./parse-body.ts";
import { channelFields } from "./read-channel-fields.ts";

/** Everything that one webhook delivery says. */
export interface WebhookReading {
  /** What is said about numbers; route by `channelId`. */
  channels: ChannelDelivery[];
  /** What is said about accounts, which names no number; route by `accountId`, the WABA. */
  accounts: AccountDelivery[];
}

/**
 * Translates one webhook delivery, already verified, into the product's words: messages and statuses as
 * {@linkcode readDelivery} does, and beside them echoes of the phone app, the past, the address book, preferences, calls
 * and passive copies, each a list that is absent if empty, and the events of accounts.
 *
 * Each part is parsed alone; what names nothing to store it under is in `rejected`. A number's `body`, read again, gives
 * the same.
 *
 * @param rawBody The request body.
 * @param now When it arrived.
 * @throws {InvalidInput} If the body is not JSON, or not of a WhatsApp business account. Nothing else is thrown.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function readWebhook(rawBody: Uint8Array, now: Date = new Date()): WebhookReading {
  const root = parseBody(rawBody);
  const drafts = new Map<string, ChannelDraft>();
  const accounts = new Map<string, AccountDelivery>();
  for (const entry of objectsIn(root.entry)) {
    for (const change of objectsIn(entry.changes)) {
      const addField = channelFields.get(change.field);
      if (addField === undefined) addAccountEvent(accounts, entry, change, now);
      else if (isJsonObject(change.value)) {
        const draft = draftOf(drafts, change.value);
        addField(draft, change.value, now);
        draft.entries.push({ ...entry, changes: [change] });
      }
    }
  }
  return { channels: finishDrafts(drafts), accounts: [...accounts.values()] };
}

/** Longest id of an account that is believed; Meta's have some 15 digits. */
const maxAccountIdLength = 100;

function addAccountEvent(
  accounts: Map<string, AccountDelivery>,
  entry: JsonObject,
  { field, value }: JsonObject,
  now: Date,
): void {
  if (typeof field !== "string") return;
  const accountId = readAccountId(entry);
  const delivery = accounts.get(accountId) ?? { channelType: "whatsapp", accountId, events: [] };
  accounts.set(accountId, delivery);
  delivery.events.push(readAccountEvent(accountId, entry.time, field, value, now));
}

function readAccountId({ id }: JsonObject): string {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxAccountIdLength ? id : "";
}
