import { currentState } from "../current-state.ts";
import type { StateDefinition } from "../machine-definition.ts";
import type { TurnSnapshot } from "../snapshot.ts";
import { StateMachine } from "../state-machine.ts";
import { appendReplies } from "./append-replies.ts";
import type { TurnDraft } from "./turn-draft.ts";

/** Whether the turn would stay in a state that has used up its turns. */
export function isTurnsSpent(snapshot: TurnSnapshot, toState: string): boolean {
  const from = currentState(snapshot);
  if (toState !== from) return false;
  const { max_turns, final } = StateMachine.of(snapshot.machine).state(from);
  return !final && snapshot.session.turnsInState >= max_turns;
}

/** Why a spent state is left, for the ledger. */
export function spentReason(snapshot: TurnSnapshot): string {
  const from = currentState(snapshot);
  return `"${from}" took more than ${StateMachine.of(snapshot.machine).state(from).max_turns} turns`;
}

/** Moves a spent state where its `on_exceeded` says; the model did not choose the move, so the state speaks. */
export function enterByLimit(snapshot: TurnSnapshot, draft: TurnDraft): TurnDraft {
  const machine = StateMachine.of(snapshot.machine);
  const { on_exceeded } = machine.state(draft.toState);
  if (on_exceeded === "escalate") return draft;
  const { say } = machine.state(on_exceeded);
  const variables = { ...snapshot.session.variables, ...draft.fields };
  const text = say === undefined ? "" : machine.say(say, draft.language, variables);
  return {
    ...draft,
    toState: on_exceeded,
    replies: text === "" ? draft.replies : appendReplies(draft.replies, [{ text, buttons: [] }]),
    reason: `${spentReason(snapshot)}; ${draft.reason}`,
    signals: { ...draft.signals, progress: 1 },
  };
}

/** The call for a person that entering a state makes. */
export function handOverOf(snapshot: TurnSnapshot, state: string): StateDefinition["hand_over"] {
  return StateMachine.of(snapshot.machine).state(state).hand_over;
}
