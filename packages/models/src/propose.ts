import type { Proposal, TurnSnapshot } from "@app/sales-engine/mod.ts";
import { decideTurn, type Decision } from "./decide/decide-turn.ts";
import { readTurn, type TurnReading } from "./decide/read-turn.ts";
import type { FoundPassage } from "./search/found-passage.ts";
import { answersTo } from "./speak/answers-to.ts";
import { composeReply } from "./speak/compose-reply.ts";
import { summarizeTurn } from "./speak/summarize-turn.ts";

/** WhatsApp takes 4,096 characters a message. */
const longestReply = 4000;

/**
 * Reads a turn, decides, and puts the decision into words. Pure; the proposal is always valid: only declared fields,
 * only allowed transitions, at least one reply.
 */
export function propose(snapshot: TurnSnapshot, passages: FoundPassage[] = []): Proposal {
  const turn = { ...readTurn(snapshot), passages };
  const decision = decideTurn(snapshot, turn);
  const replies = composeReply(snapshot, turn, decision).map(({ text, buttons }) => ({
    text: text.slice(0, longestReply),
    buttons,
  }));
  return {
    replies: replies.slice(0, 4),
    transition: decision.transition,
    fields: turn.fields.values,
    escalation: decision.person && { ...decision.person, summary: summarizeTurn(turn) },
    intent: intentOf(turn, decision),
    language: turn.language,
    sentiment: sentimentOf(turn),
    topics: Object.keys(turn.fields.values).slice(0, 10),
    confidence: confidenceOf(turn, decision),
    summary: decision.transition === null && Object.keys(turn.fields.values).length === 0
      ? null
      : summarizeTurn(turn),
    citations: answersTo(turn).flatMap(({ answer }) => answer?.passageId ?? []),
  };
}

function intentOf({ acts, fields, questions }: TurnReading, { transition }: Decision): string {
  const spoken = (["person", "complaint", "refusal", "objection"] as const).find((act) => acts.has(act));
  if (spoken) return spoken;
  if (Object.keys(fields.values).length > 0) return "gives_facts";
  if (questions.length > 0) return "asks";
  if (transition !== null) return "goes_on";
  const courteous = (["affirm", "negate", "thanks", "goodbye", "greeting"] as const).find((act) =>
    acts.has(act)
  );
  return courteous ?? "unknown";
}

function sentimentOf({ acts }: TurnReading): Proposal["sentiment"] {
  if (acts.has("complaint")) return "negative";
  return acts.has("thanks") || acts.has("affirm") ? "positive" : "neutral";
}

/** From 0.75 on the engine lets an answer stand, under 0.45 nothing counts as understood, unless a tenant says otherwise. */
function confidenceOf(turn: TurnReading, { isUnderstood, transition, person }: Decision): number {
  if (person) return 0.8;
  if (turn.isUnreadable) return 0.3;
  // Nothing was to be understood: a reminder, a hand-back, a place on the map.
  if (turn.messages.length === 0) return 0.8;
  if (Object.keys(turn.fields.values).length > 0 || transition !== null) return 0.9;
  if (!isUnderstood) return 0.3;
  // A question that the machine's own words do not answer.
  return answersTo(turn).some(({ answer }) => answer === null) ? 0.6 : 0.8;
}
