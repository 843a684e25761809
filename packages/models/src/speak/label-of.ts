import type { FieldOption } from "@app/sales-engine/mod.ts";
import { textIn } from "@app/sales-engine/mod.ts";
import { type Noun, nounIn } from "../phrases/nouns.ts";
import type { FieldProfile } from "../understand/field-profile.ts";
import type { Language } from "../understand/languages.ts";

const joints: Record<Language, string> = { es: "de", en: "of", pt: "de" };
/** Words of names that a customer need not hear. */
const idle =
  /^(?:needs?|has|have|is|was|wants?|requires?|preferred|customer|client|cliente|requested|number|of|de|the|tiene|necesita|tem|precisa|there|any|were)$/;

/** What a field is called in a language, from its name: `event_type` is "el tipo de evento". */
export function labelOf({ name }: FieldProfile, language: Language): Noun {
  const parts = name.split("_").filter((part) => part.length > 0);
  const special = parts.filter((part) => !idle.test(part));
  const words = special.length > 0 ? special : parts;
  const nouns = words.map((word) => nounIn(word, language));
  const bare = words.join(" ");
  const [first, second] = nouns;
  if (language === "en") return { withArticle: `the ${bare}`, bare, gender: "masculine" };
  if (words.length === 1 && first) return first;
  if (words.length === 2 && first && second) {
    // English puts the main word last, the others first; a name in their own language reads as it stands.
    const isEnglish = second.bare !== words[1] || first.bare !== words[0];
    const [head, other] = isEnglish ? [second, first] : [first, second];
    return {
      withArticle: `${head.withArticle} ${joints[language]} ${other.bare}`,
      bare: `${head.bare} ${joints[language]} ${other.bare}`,
      gender: head.gender,
    };
  }
  return { withArticle: bare, bare, gender: "masculine" };
}

/** What an option is called in a language: its label, else its value in words. */
export function optionLabel({ value, label }: FieldOption, language: Language): string {
  if (label !== undefined) return textIn(label, language);
  const words = value.replace(/_/g, " ").trim();
  return nounIn(words, language)?.bare ?? words;
}
