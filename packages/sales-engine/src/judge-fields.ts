import { boundedValue } from "./bounded-json.ts";
import { StateMachine } from "./state-machine.ts";
import type { Refusal } from "./turn-result.ts";
import { validateField } from "./validate-field.ts";

/** Undeclared fields that are worth a line in the ledger; a model that invents more has said enough. */
const namedRefusals = 20;

/**
 * Takes the proposed values that the machine declares, each in its stored form. A field of any state
 * counts, since customers tell things early. `null` means "not said" and is no refusal.
 */
export function judgeFields(
  machine: StateMachine,
  proposed: Record<string, unknown>,
): { accepted: Record<string, unknown>; refusals: Refusal[] } {
  const accepted: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const [name, value] of Object.entries(proposed)) {
    if (value === null || value === undefined) continue;
    const field = machine.fields.get(name);
    const verdict = field
      ? validateField(field, value)
      : { isValid: false as const, why: "is not a field of the machine" };
    if (verdict.isValid) accepted[name] = verdict.value;
    else if (refusals.length < namedRefusals) {
      refusals.push({
        what: "field",
        value: boundedValue(value),
        why: `${String(boundedValue(name))} ${verdict.why}`,
      });
    }
  }
  return { accepted, refusals };
}
