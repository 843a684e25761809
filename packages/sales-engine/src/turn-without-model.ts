import { boundedText } from "./bounded-json.ts";
import { currentLanguage, currentState } from "./current-state.ts";
import { isBareMedia } from "./describe-message.ts";
import type { PersonRequest } from "./find-person-request.ts";
import { mediaReply, safeText } from "./safe-texts.ts";
import { settleTurn, type TurnDraft } from "./settle-turn.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { summarize } from "./summarize.ts";
import type { TurnResult } from "./turn-result.ts";

/** A model that was not asked. */
export const noModel: TurnResult["model"] = {
  name: "none",
  calls: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** The customer asked for a person: no model is needed to understand that. */
export function answerPersonRequest(snapshot: TurnSnapshot, request: PersonRequest): TurnResult {
  const language = request.language ?? currentLanguage(snapshot);
  const isKeyword = request.keyword !== "person";
  return settleTurn(snapshot, {
    ...draftWithout(snapshot, language, safeText("handOff", language)),
    confidence: 1,
    reason: isKeyword
      ? `The customer wrote the keyword "${request.keyword}"`
      : "The customer asked for a person",
    intent: "asked_for_person",
    escalation: {
      reason: isKeyword ? `The customer wrote "${request.keyword}"` : "The customer asked for a person",
      category: isKeyword ? "rule" : "asked_for_person",
      urgency: "normal",
      summary: summarize(snapshot),
    },
  }, 0);
}

/** The model answered nonsense twice: a harmless reply, the error on record, and a person if it goes on. */
export function answerSafely(snapshot: TurnSnapshot, error: string, usage: TurnResult["model"]): TurnResult {
  const language = currentLanguage(snapshot);
  const last = snapshot.pending.at(-1);
  const text = last && snapshot.pending.every(isBareMedia)
    ? mediaReply(last.type, language)
    : safeText("notUnderstood", language);
  return settleTurn(snapshot, {
    ...draftWithout(snapshot, language, text),
    reason: "The model gave no usable answer",
    isFailed: true,
    model: usage,
    evidence: {
      refusals: [{ what: "answer", value: null, why: boundedText(error, 500) }],
      citations: [],
      error: boundedText(error, 500),
    },
  }, 0);
}

/**
 * Ends a turn that could not be played, such as after its deadline or its last attempt: the customer hears
 * that a person takes over, and one is called.
 *
 * @param error What went wrong, for the ledger; no text of customers.
 */
export function giveUp(snapshot: TurnSnapshot, error: string): TurnResult {
  const language = currentLanguage(snapshot);
  return settleTurn(snapshot, {
    ...draftWithout(snapshot, language, safeText("handOff", language)),
    reason: "The turn could not be played",
    isFailed: true,
    escalation: {
      reason: "The bot could not answer",
      category: "failure",
      urgency: "high",
      summary: summarize(snapshot),
    },
    evidence: { refusals: [], citations: [], error: boundedText(error, 500) },
  }, 0);
}

function draftWithout(snapshot: TurnSnapshot, language: string, text: string): TurnDraft {
  return {
    confidence: 0,
    scores: {},
    reason: "",
    toState: currentState(snapshot),
    replies: [{ text, buttons: [] }],
    fields: {},
    escalation: null,
    isFailed: false,
    intent: "unknown",
    language,
    sentiment: "neutral",
    topics: [],
    model: noModel,
    evidence: { refusals: [], citations: [] },
  };
}
