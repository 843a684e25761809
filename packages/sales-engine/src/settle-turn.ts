import { boundedText } from "./bounded-json.ts";
import { currentState } from "./current-state.ts";
import { mostReplies } from "./judge-replies.ts";
import { safeText } from "./safe-texts.ts";
import type { TurnSnapshot } from "./snapshot.ts";
import { StateMachine } from "./state-machine.ts";
import { summarize } from "./summarize.ts";
import type { Reply, TurnResult } from "./turn-result.ts";

/** What the turn has come to before the machine's own limits have spoken. */
export type TurnDraft = Omit<TurnResult, "decision" | "fromState">;

/**
 * Lets the machine have the last word: a state that calls a person when it is entered, too many failed
 * turns, and too many turns in one state. Then names the decision.
 *
 * @param clarifyBelow Confidence under which a turn counts as a question back.
 */
export function settleTurn(snapshot: TurnSnapshot, draft: TurnDraft, clarifyBelow: number): TurnResult {
  const fromState = currentState(snapshot);
  const settled = draft.escalation === null ? applyLimits(snapshot, fromState, draft) : draft;
  const decision = settled.escalation !== null
    ? "escalate"
    : settled.isFailed || settled.confidence < clarifyBelow
    ? "clarify"
    : "auto_answer";
  return { decision, fromState, ...settled };
}

function applyLimits(snapshot: TurnSnapshot, from: string, draft: TurnDraft): TurnDraft {
  const machine = StateMachine.of(snapshot.machine);
  if (draft.toState !== from) return enter(snapshot, draft, draft.toState, []);
  const { after_failed_turns } = snapshot.machine.escalation;
  if (draft.isFailed && snapshot.session.failedTurns + 1 >= after_failed_turns) {
    const reason = `Nothing was understood in ${snapshot.session.failedTurns + 1} turns in a row`;
    return callPerson(snapshot, { ...draft, replies: [] }, reason, "failure");
  }
  const { max_turns, on_exceeded, final } = machine.state(from);
  if (final || snapshot.session.turnsInState < max_turns) return draft;
  const reason = `"${from}" took more than ${max_turns} turns`;
  if (on_exceeded === "escalate") return callPerson(snapshot, draft, reason, "rule");
  const { say } = machine.state(on_exceeded);
  const variables = { ...snapshot.session.variables, ...draft.fields };
  const text = say === undefined ? "" : machine.say(say, draft.language, variables);
  const replies = text === "" ? [] : [{ text, buttons: [] }];
  return enter(
    snapshot,
    { ...draft, toState: on_exceeded, reason: `${reason}; ${draft.reason}` },
    on_exceeded,
    replies,
  );
}

/** Coming to a state; `said` is what the model could not say, since it did not choose the move. */
function enter(snapshot: TurnSnapshot, draft: TurnDraft, state: string, said: Reply[]): TurnDraft {
  const entered = { ...draft, replies: append(draft.replies, said) };
  const handOver = StateMachine.of(snapshot.machine).state(state).hand_over;
  if (!handOver) return entered;
  const escalation = {
    reason: handOver.reason,
    category: "rule",
    urgency: handOver.urgency,
    summary: summarize(snapshot, draft.fields),
  };
  return { ...entered, escalation };
}

function callPerson(
  snapshot: TurnSnapshot,
  draft: TurnDraft,
  reason: string,
  category: "failure" | "rule",
): TurnDraft {
  return {
    ...draft,
    reason: boundedText(`${reason}; ${draft.reason}`, 500),
    replies: append(draft.replies, [{ text: safeText("handOff", draft.language), buttons: [] }]),
    escalation: { reason, category, urgency: "normal", summary: summarize(snapshot, draft.fields) },
  };
}

/** The last words matter most, so earlier ones make room. */
function append(replies: Reply[], more: Reply[]): Reply[] {
  return [...replies.slice(0, mostReplies - more.length), ...more];
}
