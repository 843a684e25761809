import { hasValue, type TurnSnapshot } from "@app/sales-engine/mod.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { chooseTransition } from "./choose-transition.ts";
import { mapOf } from "./machine-map.ts";
import { type NextQuestion, nextQuestion } from "./next-question.ts";
import type { TurnReading } from "./read-turn.ts";

/** Why a person is called. */
interface PersonCall {
  category: "asked_for_person" | "complaint" | "out_of_scope" | "failure" | "other";
  reason: string;
  urgency: "normal" | "high";
}

/** What a turn comes to, before it is put into words. */
export interface Decision {
  /** The state to move to, or `null` to stay. */
  transition: string | null;
  /** Where the conversation stands after the turn. */
  state: string;
  question: NextQuestion;
  person: PersonCall | null;
  /** The contact said something that could be used, answered or reacted to. */
  isUnderstood: boolean;
}

/** Turns that may pass at an offer without a yes before a person is called. */
const patience = 3;
/** How often a field may be asked for in vain; questions of the customer come in between. */
const mostAsks = 4;

/** Decides where the conversation goes and what to ask. Pure. */
export function decideTurn(snapshot: TurnSnapshot, turn: TurnReading): Decision {
  const { machine, state, acts, variables } = turn;
  const askedNames = new Set(turn.askedBefore.keys());
  const gained = Object.keys(turn.fields.values).length > 0;
  const hasSubstance = gained || turn.stated.length > 0 || turn.questions.length > 0;
  const here = nextQuestion(machine, state, variables, askedNames);
  const isAskingOptional = here.kind === "field" && !here.isLater &&
    !machine.missingFields(state, variables).includes(here.name);
  // A reminder or a hand-back is no step of the customer's.
  const isStill = snapshot.cause !== "messages" || isUnheard(turn) || isWelcome(turn, hasSubstance);
  const transition = isStill ? null : chooseTransition({
    machine,
    state,
    variables,
    acts,
    stated: turn.stated,
    written: turn.written,
    hasSubstance,
    isAnswerToField: isAnswerToField(turn),
    isAskingOptional,
    wasComplete: machine.missingFields(state, snapshot.session.variables).length === 0,
    gained: Object.keys(turn.fields.values),
    turnsInState: snapshot.session.turnsInState,
  });
  const after = transition ?? state;
  const question = nextQuestion(machine, after, variables, askedNames);
  const isUnderstood = gained || transition !== null || turn.fields.refused.length > 0 ||
    turn.fields.isDeclined || Object.keys(turn.fields.ambiguous).length > 0 || turn.questions.length > 0 ||
    [...acts].some((act) => act !== "question");
  const person = transition !== null && (machine.isHandOver(transition) || machine.isFinal(transition))
    ? null
    : callPerson(snapshot, turn, question);
  return { transition, state: after, question, person, isUnderstood };
}

/** Nothing but files that can't be understood. */
function isUnheard({ messages, media }: TurnReading): boolean {
  return messages.length === 0 && media.length > 0;
}

/** A bare "hola" is answered by the greeting of the first state, if it has one. */
function isWelcome(turn: TurnReading, hasSubstance: boolean): boolean {
  if (!turn.isFirst || hasSubstance || turn.state !== turn.machine.initial) return false;
  return turn.machine.state(turn.state).say !== undefined && !turn.acts.has("person");
}

function isAnswerToField({ asked, fields, machine }: TurnReading): boolean {
  if (asked === null) return false;
  const profile = profilesOf(machine).get(asked);
  return profile?.field.type === "boolean" ||
    Object.hasOwn(fields.values, asked) && profile?.field.type === "enum";
}

function callPerson(snapshot: TurnSnapshot, turn: TurnReading, question: NextQuestion): PersonCall | null {
  const { machine, state, acts, variables } = turn;
  if (acts.has("person")) {
    return { category: "asked_for_person", reason: "The customer asked for a person", urgency: "normal" };
  }
  if (acts.has("complaint") && Object.keys(turn.fields.values).length === 0) {
    return { category: "complaint", reason: "The customer complains", urgency: "high" };
  }
  if (snapshot.cause !== "messages" || machine.isFinal(state)) return null;
  const isStuck = turn.asked !== null && Object.keys(turn.fields.values).length === 0 &&
    !hasValue(variables, turn.asked) &&
    question.kind === "field" && question.name === turn.asked &&
    (turn.askedBefore.get(turn.asked) ?? 0) >= mostAsks && turn.questions.length === 0;
  if (isStuck) {
    return { category: "failure", reason: `"${turn.asked}" could not be understood`, urgency: "normal" };
  }
  const isAtEnd = !Number.isFinite(mapOf(machine).distances.get(state) ?? Infinity);
  const isRefused = (acts.has("negate") || acts.has("refusal")) && question.kind === "go_ahead" &&
    Object.keys(turn.fields.values).length === 0;
  if (snapshot.session.turnsInState >= patience && (isAtEnd || isRefused)) {
    return {
      category: "other",
      reason: `The conversation does not get on from "${state}"`,
      urgency: "normal",
    };
  }
  return null;
}
