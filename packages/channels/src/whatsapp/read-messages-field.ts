import type { RejectedPart } from "@app/contracts/mod.ts";
import { type ChannelDraft, reject } from "./channel-draft.ts";
import type { Json, JsonObject } from "./clean-json.ts";
import { readContactCards } from "./contact-cards.ts";
import { itemsIn } from "./parse-body.ts";
import { readFailure } from "./read-failure.ts";
import { readMessage } from "./read-message.ts";
import { readStatus } from "./read-status.ts";

/** Reads a change of the field `messages`: what customers wrote, what became of our messages, and Meta's own problems. */
export function addMessages(draft: ChannelDraft, value: JsonObject, now: Date): void {
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
  for (const body of itemsIn(value.errors)) reject(draft, readProblem(body));
}

function readProblem(body: Json): RejectedPart {
  const failure = readFailure(body);
  return {
    reason: "provider_error",
    body,
    ...(failure && { error: { code: failure.error.code, ...failure.refusal } }),
  };
}
