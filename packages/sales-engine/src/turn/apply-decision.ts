import type { Verdict } from "../decide/decide.ts";
import type { Rule } from "../decide/decision-table.ts";
import type { TurnContext } from "../decide/turn-context.ts";
import { currentState } from "../current-state.ts";
import { textIn } from "../localized-text.ts";
import { safeText } from "../safe-texts.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import { summarize } from "../summarize.ts";
import type { Reply, TurnResult } from "../turn-result.ts";
import { appendReplies } from "./append-replies.ts";
import { handOffWords, isAway } from "./hand-off-words.ts";
import { handOverOf, spentReason } from "./machine-limits.ts";
import type { TurnDraft } from "./turn-draft.ts";

/** Makes the draft do what was decided, and nothing else. */
export function applyDecision(
  snapshot: TurnSnapshot,
  draft: TurnDraft,
  context: TurnContext,
  verdict: Verdict,
): TurnDraft {
  switch (verdict.decision) {
    case "escalate":
    case "queue":
      return callPerson(snapshot, draft, context, verdict);
    case "refuse":
      return refuse(snapshot, draft, context);
    default:
      return draft;
  }
}

function callPerson(
  snapshot: TurnSnapshot,
  draft: TurnDraft,
  context: TurnContext,
  verdict: Verdict,
): TurnDraft {
  if (verdict.rule === "not_ours") {
    return { ...draft, replies: [], escalation: null, effects: [], toState: currentState(snapshot) };
  }
  const call = draft.escalation ?? callFor(snapshot, draft, context, verdict.rule);
  const reason = draft.escalation || verdict.rule === "state_calls"
    ? draft.reason
    : `${call.reason}; ${draft.reason}`;
  return { ...draft, escalation: call, reason, replies: lastWords(snapshot, draft, context, verdict) };
}

/** What the customer reads when a person is called. */
function lastWords(
  snapshot: TurnSnapshot,
  draft: TurnDraft,
  context: TurnContext,
  verdict: Verdict,
): Reply[] {
  const handOff = { text: handOffWords(snapshot, context, verdict, draft.language), buttons: [] };
  switch (verdict.rule) {
    // Another bot would answer whatever is said.
    case "loop_guard":
      return [];
    // What was not understood is better not answered.
    case "not_understood":
      return [handOff];
    // The state or the model has said it in its own words, but could not know that nobody is there.
    case "state_calls":
    case "model_calls":
      return isAway(context, verdict) ? appendReplies(draft.replies, [handOff]) : draft.replies;
    default:
      return appendReplies(draft.replies, [handOff]);
  }
}

function callFor(
  snapshot: TurnSnapshot,
  draft: TurnDraft,
  { rules }: TurnContext,
  rule: Rule,
): NonNullable<TurnResult["escalation"]> {
  const summary = summarize(snapshot, draft.fields);
  const because = (reason: string, category: string, urgency: "low" | "normal" | "high" = "normal") => ({
    reason,
    category,
    urgency,
    summary,
  });
  switch (rule) {
    case "person_asked": {
      const keyword = rules.person?.keyword ?? "person";
      return keyword === "person"
        ? because("The customer asked for a person", "asked_for_person")
        : because(`The customer wrote "${keyword}"`, "rule");
    }
    case "loop_guard":
      return because("The other side looks like another bot", "rule", "low");
    case "budget_spent":
      return because("The budget for language models is spent", "rule");
    case "gave_up":
      return because("The bot could not answer", "failure", "high");
    case "state_calls": {
      const handOver = handOverOf(snapshot, draft.toState);
      return because(handOver?.reason ?? "The state calls a person", "rule", handOver?.urgency);
    }
    case "turns_spent":
      return because(spentReason(snapshot), "rule");
    case "not_understood":
      return because(
        `Nothing was understood in ${snapshot.session.failedTurns + 1} turns in a row`,
        "failure",
      );
    case "nothing_found":
      return because("Nothing that answers the customer was found again and again", "out_of_scope");
    default:
      return because("The bot asked back again and again", "failure");
  }
}

/** A blocked topic gets its answer; what the customer told besides is kept, and the conversation stays. */
function refuse(snapshot: TurnSnapshot, draft: TurnDraft, { rules }: TurnContext): TurnDraft {
  const { topic } = rules;
  const text = topic?.answer === undefined
    ? safeText("refused", draft.language)
    : textIn(topic.answer, draft.language, snapshot.machine.persona.languages);
  return {
    ...draft,
    replies: [{ text, buttons: [] }],
    toState: currentState(snapshot),
    escalation: null,
    effects: [],
    reason: `The customer wrote about a blocked topic: ${topic?.topic ?? ""}`,
    evidence: { ...draft.evidence, ...(topic && { topic: topic.topic }) },
  };
}
