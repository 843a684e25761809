import { showValue } from "@app/sales-engine/mod.ts";
import type { Decision } from "../decide/decide-turn.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import type { Phrases } from "../phrases/phrases.ts";
import { fill, pick } from "../phrases/speak-language.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { describeValues } from "./describe-values.ts";
import { isPlainSpoken, toneOf } from "./tone.ts";

/**
 * Repeats what was understood, so that the customer can correct it, and says what can't be taken and why.
 *
 * @param isRecapped The question that follows repeats everything anyway.
 */
export function acknowledge(
  turn: TurnReading,
  decision: Decision,
  phrases: Phrases,
  isRecapped: boolean,
): string[] {
  return [...refusals(turn, phrases), ...accepted(turn, decision, phrases, isRecapped)];
}

function accepted(turn: TurnReading, decision: Decision, phrases: Phrases, isRecapped: boolean): string[] {
  const { machine, fields, language } = turn;
  const profiles = profilesOf(machine);
  const values = { ...fields.values };
  if (Object.keys(values).length === 0 || isRepeatedByState(turn, decision)) return [];
  const step = turn.said.length;
  const tone = toneOf(machine, phrases);
  const words: string[] = [];
  const named = (topic: string) => Object.keys(values).find((each) => profiles.get(each)?.topic === topic);
  const name = named("name");
  if (name !== undefined) {
    const first = String(values[name]).split(" ")[0] ?? "";
    words.push(fill(pick(phrases.thanksName, isPlainSpoken(machine) ? 1 : step), { name: first }));
    delete values[name];
  }
  const hasStory = named("story") !== undefined;
  if (hasStory && isPlainSpoken(machine) && step === 0) words.push(pick(phrases.sorryToHear, step));
  if (isRecapped) return words;
  const shown = describeValues(machine, values, language);
  if (shown !== "") {
    const isChange = turn.acts.has("correction") && turn.asked === null;
    words.push(fill(pick(isChange ? phrases.corrected : tone.noted, step), { values: shown }));
  } else if (words.length === 0) {
    const isUnasked = turn.asked === null || !Object.hasOwn(values, turn.asked);
    words.push(pick(hasStory || isUnasked ? phrases.thanksForTelling : tone.fine, step));
  }
  return words;
}

/** A summary such as "400 cajas, entrega el martes" already repeats what was just said, and an end needs no echo. */
function isRepeatedByState({ machine, fields }: TurnReading, { transition }: Decision): boolean {
  if (transition === null) return false;
  const { say, final } = machine.state(transition);
  if (say === undefined) return false;
  const texts = typeof say === "string" ? [say] : Object.values(say);
  return final ||
    Object.keys(fields.values).every((name) => texts.some((text) => text.includes(`{${name}}`)));
}

function refusals(turn: TurnReading, phrases: Phrases): string[] {
  const first = turn.fields.refused.find(({ name }) => !Object.hasOwn(turn.fields.values, name));
  const field = first && turn.machine.fields.get(first.name);
  if (!first || !field) return [];
  const step = turn.said.length;
  const { value } = first;
  const limit = (amount: number) => ({ limit: showValue(field, amount, turn.language) });
  if (typeof value === "number" && field.min !== undefined && value < field.min) {
    return [fill(pick(phrases.tooLow, step), limit(field.min))];
  }
  if (typeof value === "number" && field.max !== undefined && value > field.max) {
    return [fill(pick(phrases.tooHigh, step), limit(field.max))];
  }
  if (turn.asked !== first.name) return [];
  return [fill(pick(phrases.notValid, step), { values: String(value).slice(0, 60) })];
}
