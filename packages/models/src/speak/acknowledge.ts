import type { Decision } from "../decide/decide-turn.ts";
import type { TurnReading } from "../decide/read-turn.ts";
import type { Phrases } from "../phrases/phrases.ts";
import { fill, pick } from "../phrases/speak-language.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { showValue } from "@app/sales-engine/mod.ts";
import { describeValues } from "./describe-values.ts";

/** Repeats what was understood, so that the customer can correct it, and says what can't be taken and why. */
export function acknowledge(turn: TurnReading, decision: Decision, phrases: Phrases): string[] {
  return [...refusals(turn, phrases), ...accepted(turn, decision, phrases)];
}

function accepted(turn: TurnReading, decision: Decision, phrases: Phrases): string[] {
  const { machine, fields, language } = turn;
  const values = { ...fields.values };
  const profiles = profilesOf(machine);
  if (Object.keys(values).length === 0 || isRepeatedByState(turn, decision)) return [];
  const words: string[] = [];
  const name = Object.keys(values).find((each) => profiles.get(each)?.topic === "name");
  if (name !== undefined) {
    const first = String(values[name]).split(" ")[0] ?? "";
    words.push(fill(pick(phrases.thanksName, turn.isFirst ? 0 : turn.said.length), { name: first }));
    delete values[name];
  }
  const told = Object.keys(values).some((each) => profiles.get(each)?.topic === "story");
  const shown = describeValues(machine, values, language);
  if (shown !== "") {
    const isChange = turn.acts.has("correction") && turn.asked === null;
    const variants = isChange ? phrases.corrected : phrases.noted;
    words.push(fill(pick(variants, turn.said.length), { values: shown }));
  } else if (told) words.push(pick(phrases.thanksForTelling, turn.said.length));
  else if (words.length === 0) words.push(pick(phrases.fine, turn.said.length));
  return words;
}

/** A summary such as "400 cajas, entrega el martes" already repeats what was just said. */
function isRepeatedByState({ machine, fields }: TurnReading, { transition }: Decision): boolean {
  if (transition === null) return false;
  const { say } = machine.state(transition);
  const texts = say === undefined ? [] : typeof say === "string" ? [say] : Object.values(say);
  const names = Object.keys(fields.values);
  return names.length > 0 && names.every((name) => texts.some((text) => text.includes(`{${name}}`)));
}

function refusals(turn: TurnReading, phrases: Phrases): string[] {
  const [first] = turn.fields.refused.filter(({ name }) => !Object.hasOwn(turn.fields.values, name));
  const field = first && turn.machine.fields.get(first.name);
  if (!first || !field) return [];
  const show = (limit: number) => ({ limit: showValue(field, limit, turn.language) });
  const { value } = first;
  if (typeof value === "number" && field.min !== undefined && value < field.min) {
    return [fill(pick(phrases.tooLow, turn.said.length), show(field.min))];
  }
  if (typeof value === "number" && field.max !== undefined && value > field.max) {
    return [fill(pick(phrases.tooHigh, turn.said.length), show(field.max))];
  }
  if (turn.asked !== first.name) return [];
  return [fill(pick(phrases.notValid, turn.said.length), { values: String(value).slice(0, 60) })];
}
