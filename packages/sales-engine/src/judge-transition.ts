import { boundedValue } from "./bounded-json.ts";
import type { StateMachine } from "./state-machine.ts";
import type { Refusal } from "./turn-result.ts";

/** Where the turn ends, as far as the model decides. */
export interface TransitionVerdict {
  to: string;
  /** Required fields that were missing for the move; empty unless it was refused for them. */
  missing: string[];
  refusals: Refusal[];
}

/** Allows a move that the machine draws and whose required fields are known; anything else stays and is recorded. */
export function judgeTransition(
  machine: StateMachine,
  from: string,
  proposed: string | null,
  variables: Record<string, unknown>,
): TransitionVerdict {
  if (proposed === null || proposed === from) return { to: from, missing: [], refusals: [] };
  if (!machine.has(proposed) || !machine.canMove(from, proposed)) {
    const allowed = machine.state(from).allowed_transitions.map(({ to }) => to).join(", ") || "none";
    return refuse(from, [], proposed, `is not allowed from ${from}: allowed is ${allowed}`);
  }
  const missing = machine.fieldsHoldingBack(from, proposed, variables);
  if (missing.length > 0) {
    return refuse(from, missing, proposed, `needs ${missing.join(", ")} of ${from} first`);
  }
  return { to: proposed, missing: [], refusals: [] };
}

function refuse(from: string, missing: string[], value: string, why: string): TransitionVerdict {
  return { to: from, missing, refusals: [{ what: "transition", value: boundedValue(value), why }] };
}
