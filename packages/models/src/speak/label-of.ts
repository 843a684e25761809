import { type FieldOption, textIn } from "@app/sales-engine/mod.ts";
import { adjectiveIn, type Noun, nounIn } from "../phrases/nouns.ts";
import type { FieldProfile } from "../understand/field-profile.ts";
import type { Language } from "../understand/languages.ts";

/** Words of names that a customer need not hear. */
const idle =
  /^(?:needs?|has|have|is|was|wants?|requires?|preferred|customer|client|cliente|requested|of|de|the|tiene|necesita|tem|precisa|there|any|were|are)$/;

/** What a field is called in a language, from its name: `event_type` is "el tipo de evento". */
export function labelOf({ name, topic }: FieldProfile, language: Language): Noun {
  const parts = name.split("_").filter((part) => part.length > 0);
  const special = parts.filter((part) => !idle.test(part) && !(part === "number" && topic !== "code"));
  return phraseOf(special.length > 0 ? special : parts, language);
}

/** A name of one or two common words is put into the language; any other stays as it is. */
function phraseOf(words: string[], language: Language): Noun {
  if (language === "en") return englishPhrase(words);
  const bare = words.join(" ");
  const unknown: Noun = { withArticle: bare, bare, gender: "masculine" };
  const [first = "", second = ""] = words;
  const whole = nounIn(bare, language);
  if (whole || words.length === 1) return whole ?? unknown;
  if (words.length !== 2) return unknown;
  const noun = nounIn(second, language);
  const adjective = noun && adjectiveIn(first, language, noun);
  if (noun && adjective) {
    return { ...noun, withArticle: `${noun.withArticle} ${adjective}`, bare: `${noun.bare} ${adjective}` };
  }
  const other = nounIn(first, language);
  if (!noun || !other) return unknown;
  // English puts the main word last, the others first; a name in its own language reads as it stands.
  const isEnglish = noun.bare !== second || other.bare !== first;
  const [head, detail] = isEnglish ? [noun, other] : [other, noun];
  const of = /^(?:nombre|nome|peso|edad|idade|altura)$/.test(head.bare)
    ? belongingTo(detail, language)
    : `de ${detail.bare}`;
  return { withArticle: `${head.withArticle} ${of}`, bare: `${head.bare} ${of}`, gender: head.gender };
}

/** "Del dueño", "de la mascota", "do dono". */
function belongingTo({ withArticle }: Noun, language: Language): string {
  if (language === "pt") return withArticle.replace(/^(o|a|os|as) /, "d$1 ");
  return `de ${withArticle}`.replace(/^de el /, "del ");
}

/** Names in another language are put into English, main word last: `fecha_entrega` is "the delivery date". */
function englishPhrase(words: string[]): Noun {
  const put = words.map((word) => nounIn(word, "en")?.bare ?? word);
  const isForeign = put.some((word, index) => word !== words[index]);
  const bare = (isForeign ? put.toReversed() : put).join(" ");
  return { withArticle: `the ${bare}`, bare, gender: "masculine" };
}

/** What an option is called in a language: its label, else its value in words. */
export function optionLabel({ value, label }: FieldOption, language: Language): string {
  if (label !== undefined) return textIn(label, language);
  const words = value.replace(/_/g, " ").trim();
  return nounIn(words, language)?.bare ?? words;
}
