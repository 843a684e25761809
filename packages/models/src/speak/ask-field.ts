import { type StateMachine, textIn } from "@app/sales-engine/mod.ts";
import type { Variants } from "../phrases/phrases.ts";
import { fill, phrasesIn, pick } from "../phrases/speak-language.ts";
import type { FieldProfile } from "../understand/field-profile.ts";
import { fold } from "../understand/text.ts";
import { type Language, languages, toLanguage } from "../understand/languages.ts";
import { joinAll } from "./describe-values.ts";
import { optionLabel } from "./label-of.ts";
import { questionWords } from "./question-words.ts";

/** A question and its quick answers. */
export interface Question {
  text: string;
  buttons: { id: string; title: string }[];
}

/** WhatsApp's limits of reply buttons: three, with titles of 20 characters. */
const mostButtons = 3;
const longestTitle = 20;

/**
 * Asks for a field: in the machine's words if it has some, else in words made from its topic, name and options.
 *
 * @param attempt How often it was asked before: other words are taken then.
 */
export function askField(
  machine: StateMachine,
  profile: FieldProfile,
  language: Language,
  variables: Record<string, unknown>,
  attempt: number,
): Question {
  const variants = askVariants(machine, profile, language, variables);
  const text = pick(variants, attempt);
  const buttons = buttonsOf(profile, language);
  const isListed = profile.options.length === 0 || buttons.length > 0 ||
    profile.options.every(({ option }) => fold(text).includes(fold(optionLabel(option, language))));
  if (isListed || profile.field.ask !== undefined && attempt < 2) return { text, buttons };
  const options = fill(pick(phrasesIn(language).options, attempt), { options: listOf(profile, language) });
  return { text: `${text} ${options}`, buttons };
}

/** Asks which of some options is meant, such as two sizes of the same thing. */
export function askWhich(
  profile: FieldProfile,
  values: string[],
  language: Language,
  attempt: number,
): Question {
  const phrases = phrasesIn(language);
  const options = profile.options.map(({ option }, place) => ({ option, place })).filter(({ option }) =>
    values.includes(option.value)
  );
  const labels = options.map(({ option }) => optionLabel(option, language));
  const buttons = options.map(({ place }, index) => ({
    id: `field:${profile.name}:${place}`,
    title: capitalize(labels[index] ?? ""),
  }));
  const text = fill(pick(phrases.choose, attempt), { options: joinAll(labels, phrases.or) });
  return { text, buttons: areButtons(buttons) ? buttons : [] };
}

function areButtons(buttons: Question["buttons"]): boolean {
  return buttons.length <= mostButtons &&
    buttons.every(({ title }) => title.trim() !== "" && title.length <= longestTitle) &&
    new Set(buttons.map(({ title }) => title)).size === buttons.length;
}

/** Every way in which this bot asks for a field in a language; the first is the machine's own, if it has one. */
function askVariants(
  machine: StateMachine,
  profile: FieldProfile,
  language: Language,
  variables: Record<string, unknown>,
): Variants {
  const { ask } = profile.field;
  const own = ask === undefined ? "" : machine.say(ask, language, variables);
  const composed = questionWords(profile, language, phrasesIn(language));
  return own === "" ? composed : [own];
}

function buttonsOf({ name, field, options }: FieldProfile, language: Language): Question["buttons"] {
  const phrases = phrasesIn(language);
  if (field.type === "boolean") {
    return [{ id: `field:${name}:yes`, title: phrases.yes }, { id: `field:${name}:no`, title: phrases.no }];
  }
  if (options.length < 2) return [];
  const buttons = options.slice(0, mostButtons + 1).map(({ option }, index) => ({
    id: `field:${name}:${index}`,
    title: capitalize(optionLabel(option, language)),
  }));
  return areButtons(buttons) ? buttons : [];
}

function listOf({ options }: FieldProfile, language: Language): string {
  const labels = options.slice(0, 12).map(({ option }) => optionLabel(option, language));
  return labels.join(", ");
}

/** The first letter in upper case. */
function capitalize(text: string): string {
  return text.replace(/^[¿¡]?\p{Ll}/u, (start) => start.toUpperCase());
}

const askedCache = new WeakMap<FieldProfile, string[]>();

/**
 * Every text, folded, by which a field may have been asked for: ours in each language, and the machine's own.
 * Made once per field, unless values are filled in.
 */
export function askedTexts(
  machine: StateMachine,
  profile: FieldProfile,
  variables: Record<string, unknown>,
): string[] {
  const known = askedCache.get(profile);
  if (known) return known;
  const { ask } = profile.field;
  const own = ask === undefined
    ? []
    : typeof ask === "string"
    ? [ask]
    : Object.keys(ask).filter((tag) => toLanguage(tag) === null).map((tag) => textIn(ask, tag));
  const ours = languages.flatMap((language) => [...askVariants(machine, profile, language, variables)]);
  const texts = [...new Set([...ours, ...own].map(fold))].filter((text) => text !== "");
  if (!JSON.stringify(ask ?? "").includes("{")) askedCache.set(profile, texts);
  return texts;
}
