import { showValue, type StateMachine } from "@app/sales-engine/mod.ts";
import { fill, phrasesIn } from "../phrases/speak-language.ts";
import { type FieldProfile, profilesOf } from "../understand/field-profile.ts";
import type { Language } from "../understand/languages.ts";
import { labelOf, optionLabel } from "./label-of.ts";

/** Longer texts are thanked for, not repeated. */
const longestEcho = 60;

/** The values as a seller repeats them, in the order of the machine: "400 cajas para pizza, para el martes". */
export function describeValues(
  machine: StateMachine,
  values: Record<string, unknown>,
  language: Language,
): string {
  const known = [...profilesOf(machine).values()].filter(({ name }) => Object.hasOwn(values, name));
  const amount = known.find(({ topic }) => topic === "quantity");
  const product = known.find(({ topic }) => topic === "product");
  const parts: string[] = [];
  for (const profile of known) {
    if (profile === product && amount) continue;
    const shown = showOne(profile, values[profile.name], language);
    const what = profile === amount && product ? ` ${showOne(product, values[product.name], language)}` : "";
    const part = `${shown}${what}`;
    if (part !== "" && part.length <= longestEcho + what.length && !parts.includes(part)) parts.push(part);
  }
  return joinAll(parts, phrasesIn(language).and).replace(/\.$/, "");
}

/** "a, b y c"; before "para el martes" a comma does. */
export function joinAll(parts: string[], and: string): string {
  const last = parts.at(-1) ?? "";
  if (parts.length < 2) return last;
  const link = /^(?:para|for|on|a las|at|às|sin|no|sem|hasta|up to|até|el) /.test(last) ? "," : ` ${and}`;
  return `${parts.slice(0, -1).join(", ")}${link} ${last}`;
}

function showOne(profile: FieldProfile, value: unknown, language: Language): string {
  const phrases = phrasesIn(language);
  const { field, topic, name } = profile;
  const shown = showValue(field, value, language);
  switch (field.type) {
    case "boolean": {
      if (/^(?:is|es|e|was|has|tiene|tem)_/.test(name)) return "";
      const { bare } = labelOf(profile, language);
      return value === true ? bare : fill(phrases.without, { label: bare });
    }
    case "date":
      return fill(profile.isPast ? phrases.onDay : phrases.forDay, { day: shown.replace(/,/g, "") });
    case "enum": {
      const chosen = profile.options.find(({ option }) => option.value === value);
      return chosen ? optionLabel(chosen.option, language) : shown;
    }
    case "integer":
    case "number": {
      if (topic === "budget") return fill(phrases.upTo, { amount: shown });
      const { bare } = labelOf(profile, language);
      const isNamed = /s$/.test(bare) && !/\s/.test(bare) && (topic === "other" || topic === "people");
      if (isNamed) return `${shown} ${value === 1 ? singular(bare) : bare}`;
      return topic === "people" ? `${shown} ${phrases.people}` : shown;
    }
    default:
      if (topic === "story" || topic === "notes") return "";
      return topic === "time" && /^\d\d:\d\d$/.test(shown) ? fill(phrases.atTime, { time: shown }) : shown;
  }
}

function singular(noun: string): string {
  return noun.replace(/(?<=[nrdl])es$/, "").replace(/s$/, "");
}
