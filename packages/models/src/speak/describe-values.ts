import { showValue, type StateMachine } from "@app/sales-engine/mod.ts";
import { fill, phrasesIn } from "../phrases/speak-language.ts";
import { type FieldProfile, profilesOf } from "../understand/field-profile.ts";
import type { Language } from "../understand/languages.ts";
import { labelOf, optionLabel } from "./label-of.ts";

/** Longer texts are thanked for, not repeated. */
const longestEcho = 60;

/** The values as a seller repeats them: "400 cajas para pizza, para el martes 24 de noviembre". */
export function describeValues(
  machine: StateMachine,
  values: Record<string, unknown>,
  language: Language,
): string {
  const profiles = profilesOf(machine);
  const names = Object.keys(values).filter((name) => profiles.has(name));
  const parts: string[] = [];
  const byTopic = (topic: string) => names.find((name) => profiles.get(name)?.topic === topic);
  const amount = byTopic("quantity");
  const product = byTopic("product");
  for (const name of names) {
    const profile = profiles.get(name);
    if (!profile) continue;
    if (name === amount && product !== undefined) {
      const what = profiles.get(product);
      const shown = what ? showOne(what, values[product], language) : "";
      parts.push(`${showValue(profile.field, values[name], language)} ${shown}`.trim());
      continue;
    }
    if (name === product && amount !== undefined) continue;
    const shown = showOne(profile, values[name], language);
    if (shown !== "" && shown.length <= longestEcho && !parts.includes(shown)) parts.push(shown);
  }
  return joinAll(parts, phrasesIn(language).and);
}

/** "a, b y c". */
export function joinAll(parts: string[], and: string): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}`;
}

function showOne(profile: FieldProfile, value: unknown, language: Language): string {
  const phrases = phrasesIn(language);
  const { field, topic } = profile;
  const shown = showValue(field, value, language);
  switch (field.type) {
    case "boolean": {
      const { bare } = labelOf(profile, language);
      return value === true ? bare : `${{ es: "sin", en: "no", pt: "sem" }[language]} ${bare}`;
    }
    case "date":
      return fill(phrases.onDay, { day: shown.replace(/,/g, "") });
    case "enum": {
      const chosen = profile.options.find(({ option }) => option.value === value);
      return chosen ? optionLabel(chosen.option, language) : shown;
    }
    case "integer":
    case "number": {
      if (topic === "people") return `${shown} ${phrases.people}`;
      const { bare } = labelOf(profile, language);
      return topic === "other" && /s$/.test(bare) ? `${shown} ${bare}` : shown;
    }
    default:
      return topic === "story" || topic === "notes" ? "" : shown;
  }
}
