import type { RejectedPart } from "@app/contracts/mod.ts";
import { type ChannelDraft, reject } from "./channel-draft.ts";
import type { JsonObject } from "./clean-json.ts";
import { readContactSync } from "./coexistence/read-contact-sync.ts";
import { readEcho } from "./coexistence/read-echo.ts";
import { type HistoryContext, readHistory, readHistoryFiles } from "./coexistence/read-history.ts";
import { readContactCards } from "./contact-cards.ts";
import { readCall } from "./notices/read-call.ts";
import { readPreference } from "./notices/read-preference.ts";
import { itemsIn, objectsIn } from "./parse-body.ts";
import { addMessages } from "./read-messages-field.ts";

/** Adds what one change says to the draft of its number. */
export type FieldReader = (draft: ChannelDraft, value: JsonObject, now: Date) => void;

/** The fields of webhooks that speak of one number; all others speak of an account. */
export const channelFields: ReadonlyMap<unknown, FieldReader> = new Map<unknown, FieldReader>([
  ["messages", addMessages],
  ["smb_message_echoes", addEchoes],
  ["history", addHistory],
  ["smb_app_state_sync", addContactSync],
  ["user_preferences", addPreferences],
  ["calls", addCalls],
  ["standby", (draft, body) => void draft.extras.passive.push({ field: "standby", body })],
  [
    "messaging_handovers",
    (draft, body) => void draft.extras.passive.push({ field: "messaging_handovers", body }),
  ],
]);

function addEchoes(draft: ChannelDraft, value: JsonObject, now: Date): void {
  const cards = readContactCards(value.contacts);
  for (const raw of itemsIn(value.message_echoes)) {
    add(draft, draft.extras.echoes, readEcho(raw, cards, now));
  }
}

function addHistory(draft: ChannelDraft, value: JsonObject, now: Date): void {
  const context: HistoryContext = {
    displayPhone: draft.displayPhone,
    now,
    reject: (part) => reject(draft, part),
  };
  for (const raw of objectsIn(value.history)) draft.extras.history.push(readHistory(raw, context));
  const files = readHistoryFiles(itemsIn(value.messages), context);
  if (files.threads.length > 0) draft.extras.history.push(files);
}

function addContactSync(draft: ChannelDraft, value: JsonObject, now: Date): void {
  for (const raw of itemsIn(value.state_sync)) {
    add(draft, draft.extras.contactSync, readContactSync(raw, now) ?? { reason: "no_sender", body: raw });
  }
}

function addPreferences(draft: ChannelDraft, value: JsonObject, now: Date): void {
  const cards = readContactCards(value.contacts);
  for (const raw of itemsIn(value.user_preferences)) {
    const read = readPreference(raw, cards, now);
    add(draft, draft.extras.preferences, read ?? { reason: "no_sender", body: raw });
  }
}

function addCalls(draft: ChannelDraft, value: JsonObject, now: Date): void {
  for (const raw of [...itemsIn(value.calls), ...itemsIn(value.statuses)]) {
    add(draft, draft.extras.calls, readCall(raw, draft.displayPhone, now));
  }
}

function add<Part extends object>(draft: ChannelDraft, parts: Part[], read: Part | RejectedPart): void {
  if (isRejected(read)) reject(draft, read);
  else parts.push(read);
}

function isRejected(read: object): read is RejectedPart {
  return "reason" in read;
}
