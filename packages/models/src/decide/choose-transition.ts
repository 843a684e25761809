import { hasValue, type StateMachine } from "@app/sales-engine/mod.ts";
import type { Act } from "../understand/acts.ts";
import { isAlike } from "../understand/concepts.ts";
import { mapOf, type Route } from "./machine-map.ts";

/** What a transition is chosen by. */
export interface Situation {
  machine: StateMachine;
  state: string;
  /** Values known after this turn's messages. */
  variables: Record<string, unknown>;
  /** What the contact did in this turn. */
  acts: ReadonlySet<Act>;
  /** Folded content words of what the contact stated, without questions. */
  stated: string[];
  /** The same of everything that was written. */
  written: string[];
  /** The contact said something of substance: a fact, a wish, a question. */
  hasSubstance: boolean;
  /** A yes or no that answers a field is no answer to the offer. */
  isAnswerToField: boolean;
  /** Optional fields that are still worth a question. */
  isAskingOptional: boolean;
  /** Nothing was missing before this turn, so that a yes was already asked for. */
  wasComplete: boolean;
  /** Names of fields that this turn's messages gave. */
  gained: string[];
  turnsInState: number;
}

/**
 * Chooses where to go, or `null` to stay. A no or a wish for a person goes its own way; otherwise the conversation
 * moves one step towards a good end as soon as the state has what it needs, and back only on clear words.
 */
export function chooseTransition(situation: Situation): string | null {
  const { machine, state, variables, acts } = situation;
  const routes = (mapOf(machine).routes.get(state) ?? []).filter((route) =>
    machine.fieldsHoldingBack(state, route.to, variables).length === 0
  );
  const isNo = (acts.has("refusal") || acts.has("negate") && !acts.has("affirm")) &&
    !situation.isAnswerToField;
  const wished = acts.has("person")
    ? ["person"]
    : acts.has("refusal") || isNo && isOffer(situation)
    ? ["decline"]
    : [];
  const special = routes.find((route) => wished.includes(route.kind));
  if (special) return special.to;
  const clear = routes.filter((route) => !route.isForward && isCalledFor(route, situation));
  if (clear[0] && !acts.has("affirm")) return clear[0].to;
  if (machine.isFinal(state) || isNo || acts.has("person") || acts.has("wait") || acts.has("complaint")) {
    return null;
  }
  return bestForward(routes, situation)?.to ?? null;
}

/** Whether the state waits for a yes or no, so that a bare "no" declines it. */
function isOffer({ machine, state, variables }: Situation): boolean {
  return machine.missingFields(state, variables).length === 0;
}

function bestForward(routes: Route[], situation: Situation): Route | undefined {
  const isDoubtful = situation.acts.has("objection") || situation.acts.has("unsure");
  if (situation.isAskingOptional || isDoubtful && situation.gained.length === 0) return undefined;
  const open = routes.filter((route) => route.isForward && isMet(route, situation));
  const called = open.filter((route) => isCalledFor(route, situation));
  return called[0] ?? open[0];
}

function isMet(route: Route, situation: Situation): boolean {
  const { acts, variables, turnsInState, machine, state } = situation;
  // Whoever has not given what the state asks for goes on only by saying so.
  if (route.isShortcut && machine.missingFields(state, variables).length > 0) {
    return isCalledFor(route, situation);
  }
  switch (route.kind) {
    case "data":
      return route.fields.length > 0
        ? route.fields.every((name) => hasValue(variables, name)) ||
          turnsInState >= 2 && situation.hasSubstance
        : situation.hasSubstance || acts.has("affirm");
    case "accept":
      if (acts.has("affirm") && !situation.isAnswerToField) return true;
      if (isSilent(situation) && situation.hasSubstance) return true;
      if (isCalledFor(route, situation) || isGivenAhead(route, situation)) return true;
      return turnsInState >= 2 && situation.wasComplete && situation.hasSubstance && !acts.has("question") &&
        !acts.has("objection");
    default:
      return situation.hasSubstance || acts.has("affirm") || turnsInState >= 2;
  }
}

/** A state that says and asks nothing has offered nothing to say yes to. */
function isSilent({ machine, state }: Situation): boolean {
  return machine.state(state).say === undefined && machine.fieldsOf(state).length === 0;
}

/** Whoever gives the company's name when asked "shall we confirm?" has said yes. */
function isGivenAhead({ to }: Route, { machine, gained }: Situation): boolean {
  return machine.fieldsOf(to).some(([name, { required }]) => required && gained.includes(name));
}

/** Whether the contact's own words are those of the transition. */
function isCalledFor(route: Route, { stated, written }: Situation): boolean {
  const words = route.isForward && !route.isShortcut ? written : stated;
  const hits = route.words.filter((word) => words.some((said) => isAlike(word, said)));
  const least = route.isForward ? 1 : 2;
  return hits.length >= least &&
    hits.length >= Math.min(3, Math.ceil(route.words.length * (route.isForward ? 0.25 : 0.5)));
}
