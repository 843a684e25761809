import { hasValue, type StateMachine } from "@app/sales-engine/mod.ts";
import { mainRoute } from "./machine-map.ts";

/** What the bot should ask next. */
export type NextQuestion =
  /** A field, and whether the state that is left needs it or a later one. */
  | { kind: "field"; name: string; isLater: boolean }
  /** Whether to go on: the state waits for a yes. */
  | { kind: "go_ahead" }
  /** Nothing: the conversation is at an end. */
  | { kind: "none" };

/** States that are looked ahead at most. */
const horizon = 4;

/**
 * Finds the one thing to ask in a state: the first required field without a value; if the state has none, an
 * optional one that was not asked yet; then, as far as no yes is needed on the way, what the next states require.
 *
 * @param asked Names of fields that were asked before: optional ones are asked once.
 */
export function nextQuestion(
  machine: StateMachine,
  state: string,
  variables: Record<string, unknown>,
  asked: ReadonlySet<string>,
): NextQuestion {
  let at = state;
  for (let step = 0; step < horizon; step++) {
    if (machine.isFinal(at) || machine.isHandOver(at)) {
      return step === 0 ? { kind: "none" } : { kind: "go_ahead" };
    }
    const name = openField(machine, at, variables, asked, step === 0);
    if (name !== null) return { kind: "field", name, isLater: step > 0 };
    const route = mainRoute(machine, at);
    // A state that has something of its own to say is not skipped over.
    const isSilent = step === 0 || machine.state(at).say === undefined;
    const isOffer = machine.state(at).say !== undefined || machine.fieldsOf(at).length > 0;
    if (!route || route.kind === "accept" && isOffer || !isSilent) return { kind: "go_ahead" };
    at = route.to;
    if (machine.state(at).say !== undefined && machine.missingFields(at, variables).length === 0) {
      return { kind: "go_ahead" };
    }
  }
  return { kind: "go_ahead" };
}

function openField(
  machine: StateMachine,
  state: string,
  variables: Record<string, unknown>,
  asked: ReadonlySet<string>,
  isHere: boolean,
): string | null {
  const [missing] = machine.missingFields(state, variables);
  if (missing !== undefined) return missing;
  if (!isHere) return null;
  const fields = machine.fieldsOf(state);
  const named = mainRoute(machine, state)?.fields ?? [];
  const isFreeForm = !fields.some(([, { required }]) => required);
  const optional = fields.find(([name]) =>
    (isFreeForm || named.includes(name)) && !hasValue(variables, name) && !asked.has(name)
  );
  return optional?.[0] ?? null;
}
