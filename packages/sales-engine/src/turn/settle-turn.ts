import { boundedText, boundedValue } from "../bounded-json.ts";
import { currentState } from "../current-state.ts";
import { decide } from "../decide/decide.ts";
import { type TurnContext, withoutZeros } from "../decide/turn-context.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import { StateMachine } from "../state-machine.ts";
import type { Refusal, TurnResult } from "../turn-result.ts";
import { applyDecision } from "./apply-decision.ts";
import { enterByLimit, handOverOf, isTurnsSpent } from "./machine-limits.ts";
import type { TurnDraft } from "./turn-draft.ts";

/**
 * Lets the machine's limits speak, decides, and makes the result fit the decision: a person is called with
 * words for the customer, a blocked topic is refused, the other side's bot gets silence.
 */
export function settleTurn(snapshot: TurnSnapshot, drafted: TurnDraft, context: TurnContext): TurnResult {
  const fromState = currentState(snapshot);
  const isPatienceSpent = isOneTooMany(snapshot, drafted);
  const isSpent = drafted.escalation === null && isTurnsSpent(snapshot, drafted.toState);
  const draft = isSpent && !isPatienceSpent ? enterByLimit(snapshot, drafted) : drafted;
  const isEntered = draft.toState !== fromState;
  const signals = withoutZeros({
    ...context.signals,
    ...draft.signals,
    patience_spent: isPatienceSpent ? 1 : 0,
    state_calls: isEntered && handOverOf(snapshot, draft.toState) ? 1 : 0,
    turns_spent: isSpent && !isEntered ? 1 : 0,
    model_calls: draft.escalation === null ? 0 : 1,
  });
  const verdict = decide(signals, context.settings);
  const { signals: _, ...rest } = applyDecision(snapshot, draft, context, verdict);
  return {
    ...rest,
    decision: verdict.decision ?? "clarify",
    fromState,
    scores: signals,
    reason: boundedText(rest.reason, 500),
    effects: withFollowUp(snapshot, rest, verdict.decision),
    evidence: {
      rule: verdict.rule,
      ...rest.evidence,
      refusals: [...rest.evidence.refusals, ...unusableSettings(context)],
    },
  };
}

/** The reminder that a state wants, unless the turn planned another or a person takes over. */
function withFollowUp(
  { machine }: TurnSnapshot,
  { toState, effects, replies }: Pick<TurnResult, "toState" | "effects" | "replies">,
  decision: TurnResult["decision"] | null,
): TurnResult["effects"] {
  const { follow_up, final } = StateMachine.of(machine).state(toState);
  const isBots = decision === "auto_answer" || decision === "clarify" || decision === "canonical";
  const isPlanned = effects.some(({ kind }) => kind === "schedule_follow_up" || kind === "opt_out");
  if (!follow_up || final || !isBots || isPlanned || replies.length === 0) return effects;
  return [...effects, {
    kind: "schedule_follow_up",
    afterMinutes: follow_up.after_minutes,
    note: follow_up.note,
  }];
}

/** A turn that failed, after so many others that the machine has a person called. */
function isOneTooMany({ machine, session }: TurnSnapshot, { isFailed }: TurnDraft): boolean {
  return isFailed &&
    session.failedTurns + 1 >= StateMachine.of(machine).definition.escalation.after_failed_turns;
}

function unusableSettings({ settingsProblem }: TurnContext): Refusal[] {
  if (settingsProblem === undefined) return [];
  return [{ what: "settings", value: null, why: String(boundedValue(settingsProblem)) }];
}
