import type { StateMachine } from "@app/sales-engine/mod.ts";
import type { Phrases, Variants } from "../phrases/phrases.ts";
import { profilesOf } from "../understand/field-profile.ts";
import { fold } from "../understand/text.ts";

const plain = new WeakMap<StateMachine, boolean>();

/** Whether a machine deals with harm, so that cheerful words would hurt: claims, complaints, illness. */
export function isPlainSpoken(machine: StateMachine): boolean {
  const known = plain.get(machine);
  if (known !== undefined) return known;
  const { states } = machine.definition;
  const told = [...profilesOf(machine).values()].filter(({ field }) => field.required).map((
    { name, field },
  ) => [
    name,
    field.description,
    ...(field.options ?? []).map((option) => typeof option === "string" ? option : option.value),
  ]);
  const words = fold([...Object.values(states).map((state) => state.objective), ...told.flat()].join(" "))
    .replace(/_/g, " ");
  const made =
    /\b(?:incident\w*|accident\w*|acidente|injur\w+|claims?|siniestro|sinistro|theft|robo|roubo|funeral|death|toothache|pain|dolor|illness|complaint|queja)\b/
      .test(words);
  plain.set(machine, made);
  return made;
}

/** Words of noting and of going on, cheerful or plain. */
export function toneOf(machine: StateMachine, phrases: Phrases): { noted: Variants; fine: Variants } {
  return isPlainSpoken(machine)
    ? { noted: phrases.notedPlainly, fine: phrases.finePlainly }
    : { noted: phrases.noted, fine: phrases.fine };
}
