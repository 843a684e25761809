import { boundedText } from "../bounded-json.ts";
import { currentLanguage, currentState } from "../current-state.ts";
import type { Verdict } from "../decide/decide.ts";
import { contextOf, type TurnContext } from "../decide/turn-context.ts";
import { isBareMedia } from "../describe-message.ts";
import { mediaReply, safeText } from "../safe-texts.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import { StateMachine } from "../state-machine.ts";
import type { Reply, TurnResult } from "../turn-result.ts";
import { settleTurn } from "./settle-turn.ts";
import type { TurnDraft } from "./turn-draft.ts";

/** A model that was not asked. */
export const noModel: TurnResult["model"] = {
  name: "none",
  calls: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** What rules and approved answers decide: no model is needed to understand that. */
export function answerByRule(snapshot: TurnSnapshot, context: TurnContext, { rule }: Verdict): TurnResult {
  const { rules, canonical } = context;
  const language = rules.person?.language ?? currentLanguage(snapshot);
  const draft = { ...draftWithout(snapshot, language, []), confidence: 1, intent: rule as string };
  switch (rule) {
    case "person_asked": {
      const keyword = rules.person?.keyword ?? "person";
      const reason = keyword === "person"
        ? "The customer asked for a person"
        : `The customer wrote the keyword "${keyword}"`;
      return settleTurn(snapshot, { ...draft, reason, intent: "asked_for_person" }, context);
    }
    case "opted_out":
      return settleTurn(snapshot, {
        ...draft,
        replies: [say(safeText("optedOut", language))],
        reason: "The customer wants no more messages",
        effects: [{ kind: "opt_out" }],
      }, context);
    case "approved_answer":
      return settleTurn(snapshot, {
        ...draft,
        confidence: canonical?.score ?? 1,
        replies: [say(boundedText(canonical?.text ?? "", 4_096)), ...openQuestion(snapshot, language)],
        reason: "An approved answer was close enough",
        evidence: { ...draft.evidence, ...(canonical && { canonicalId: canonical.id }) },
      }, context);
    default:
      return settleTurn(snapshot, { ...draft, reason: "No model was asked" }, context);
  }
}

/** The model answered nonsense twice: a harmless reply, the error on record, and a person if it goes on. */
export function answerSafely(
  snapshot: TurnSnapshot,
  error: string,
  usage: TurnResult["model"],
  context: TurnContext = contextOf(snapshot),
): TurnResult {
  const language = currentLanguage(snapshot);
  const last = snapshot.pending.at(-1);
  const text = last && snapshot.pending.every(isBareMedia)
    ? mediaReply(last.type, language)
    : safeText("notUnderstood", language);
  return settleTurn(snapshot, {
    ...draftWithout(snapshot, language, [say(text)]),
    reason: "The model gave no usable answer",
    isFailed: true,
    model: usage,
    signals: { model_asked: 1, model_unusable: 1 },
    evidence: {
      refusals: [{ what: "answer", value: null, why: boundedText(error, 500) }],
      citations: [],
      error: boundedText(error, 500),
    },
  }, context);
}

/**
 * Ends a turn that could not be played, such as after its deadline or its last attempt: the customer hears
 * that a person takes over, and one is called.
 *
 * @param error What went wrong, for the ledger; no text of customers.
 */
export function giveUp(snapshot: TurnSnapshot, error: string): TurnResult {
  const context = contextOf(snapshot);
  return settleTurn(snapshot, {
    ...draftWithout(snapshot, currentLanguage(snapshot), []),
    reason: "The turn could not be played",
    isFailed: true,
    signals: { gave_up: 1 },
    evidence: { refusals: [], citations: [], error: boundedText(error, 500) },
  }, { ...context, signals: { ...context.signals, bot_turns: 0, topic_blocked: 0 } });
}

/** An approved answer does not end the conversation: what the state asks for is asked again. */
function openQuestion(snapshot: TurnSnapshot, language: string): Reply[] {
  const machine = StateMachine.of(snapshot.machine);
  const state = currentState(snapshot);
  const [missing] = machine.missingFields(state, snapshot.session.variables);
  const ask = missing === undefined || snapshot.history.length === 0
    ? undefined
    : machine.state(state).fields[missing]?.ask;
  const text = ask === undefined ? "" : machine.say(ask, language, snapshot.session.variables);
  return text === "" ? [] : [say(text)];
}

function say(text: string): Reply {
  return { text, buttons: [] };
}

function draftWithout(snapshot: TurnSnapshot, language: string, replies: Reply[]): TurnDraft {
  return {
    confidence: 0,
    signals: {},
    reason: "",
    toState: currentState(snapshot),
    replies,
    fields: {},
    escalation: null,
    effects: [],
    isFailed: false,
    intent: "unknown",
    language,
    sentiment: "neutral",
    topics: [],
    summary: null,
    model: noModel,
    evidence: { refusals: [], citations: [] },
  };
}
