import type { AccountDelivery, WebhookReading } from "@app/contracts/mod.ts";
import { readAccountEvent } from "./account/read-account-event.ts";
import { type ChannelDraft, draftOf, finishDrafts } from "./channel-draft.ts";
import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { objectsIn, parseBody } from "./parse-body.ts";
import { channelFields } from "./read-channel-fields.ts";

/**
 * Translates one webhook delivery, already verified, into the product's words: messages and statuses, and beside them
 * echoes of the phone app, the past, the address book, preferences, calls and passive copies, each a list that is absent if
 * empty, and the events of accounts.
 *
 * One delivery may speak of several numbers of several tenants: there is one result for each, in the order in which the
 * numbers appear, and within it everything in the order in which it was written. An id that comes twice is kept twice.
 * Numbers of which nothing is said are left out. Each part is parsed alone, so that a bad one harms no other; what names
 * nothing to store it under is in `rejected`. The `body` of a number or an account, read again, gives the same.
 *
 * @param rawBody The request body.
 * @param now When it arrived.
 * @throws {InvalidInput} If the body is not JSON, or not of a WhatsApp business account. Nothing else is thrown.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function readWebhook(rawBody: Uint8Array, now: Date = new Date()): WebhookReading {
  const root = parseBody(rawBody);
  const drafts = new Map<string, ChannelDraft>();
  const accounts = new Map<string, ReturnType<typeof newAccount>>();
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
  accounts: Map<string, ReturnType<typeof newAccount>>,
  entry: JsonObject,
  change: JsonObject,
  now: Date,
): void {
  const { field, value } = change;
  if (typeof field !== "string") return;
  const accountId = readAccountId(entry);
  const delivery = accounts.get(accountId) ?? newAccount(accountId);
  accounts.set(accountId, delivery);
  delivery.events.push(readAccountEvent(accountId, entry.time, field, value, now));
  delivery.body.entry.push({ ...entry, changes: [change] });
}

function newAccount(accountId: string) {
  return {
    channelType: "whatsapp" as const,
    accountId,
    events: [] as AccountDelivery["events"],
    body: { object: "whatsapp_business_account", entry: [] as JsonObject[] },
  };
}

function readAccountId({ id }: JsonObject): string {
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id.length <= maxAccountIdLength ? id : "";
}
