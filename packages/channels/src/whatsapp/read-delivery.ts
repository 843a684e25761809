import type { ChannelDelivery } from "@app/contracts/mod.ts";
import { type ChannelDraft, draftOf, finishDrafts } from "./channel-draft.ts";
import { isJsonObject } from "./clean-json.ts";
import { objectsIn, parseBody } from "./parse-body.ts";
import { addMessages } from "./read-messages-field.ts";

/**
 * Translates what one webhook delivery, already verified, says in its field `messages`. {@linkcode readWebhook} reads
 * the other fields too.
 *
 * One delivery may speak of several numbers of several tenants: there is one result for each, in the order in which the
 * numbers appear, and within it everything in the order in which it was written. An id that comes twice is kept twice.
 * Other fields are left alone, and numbers of which nothing is said are left out. Each message is parsed alone, so that a
 * bad one harms no other.
 *
 * @param rawBody The request body.
 * @param now When it arrived.
 * @throws {InvalidInput} If the body is not JSON, or not of a WhatsApp business account. Nothing else is thrown.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function readDelivery(rawBody: Uint8Array, now: Date = new Date()): ChannelDelivery[] {
  const root = parseBody(rawBody);
  const drafts = new Map<string, ChannelDraft>();
  for (const entry of objectsIn(root.entry)) {
    for (const change of objectsIn(entry.changes)) {
      if (change.field !== "messages" || !isJsonObject(change.value)) continue;
      const draft = draftOf(drafts, change.value);
      addMessages(draft, change.value, now);
      draft.entries.push({ ...entry, changes: [change] });
    }
  }
  return finishDrafts(drafts);
}
