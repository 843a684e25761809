import { type StateMachine, textIn } from "@app/sales-engine/mod.ts";
import type { AskTopic, Phrases, Variants, YesNoVerb } from "../phrases/phrases.ts";
import { fill, phrasesIn, pick } from "../phrases/speak-language.ts";
import type { FieldProfile } from "../understand/field-profile.ts";
import { fold } from "../understand/text.ts";
import { type Language, languages, toLanguage } from "../understand/languages.ts";
import { joinAll } from "./describe-values.ts";
import { labelOf, optionLabel } from "./label-of.ts";

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
  if (isListed || profile.field.ask !== undefined && attempt === 0) return { text, buttons };
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
export function askVariants(
  machine: StateMachine,
  profile: FieldProfile,
  language: Language,
  variables: Record<string, unknown>,
): Variants {
  const { ask } = profile.field;
  const own = ask === undefined ? "" : machine.say(ask, language, variables);
  const composed = compose(profile, language, phrasesIn(language));
  return own === "" ? composed : [own];
}

function compose(profile: FieldProfile, language: Language, phrases: Phrases): Variants {
  const label = labelOf(profile, language);
  const names = { label: label.bare };
  const filled = (variants: Variants, values: Record<string, string>): Variants => {
    const [first, ...rest] = variants;
    return [fill(first, values), ...rest.map((variant) => fill(variant, values))];
  };
  const { field, topic } = profile;
  if (field.type === "boolean") {
    return whetherFrom(profile, language) ?? filled(phrases.askYesNo[verbOf(profile)], names);
  }
  if (field.type === "enum" && topic === "other") return filled(phrases.askChoice, names);
  const isCounted = /s$/.test(label.bare) && field.type === "integer" &&
    (topic === "other" || topic === "people");
  const key = askTopic(profile);
  if (isCounted && key !== "team") return filled(phrases.askCount[label.gender], names);
  if (key === "story") return storyVariants(profile, language, phrases);
  const isNamed = key === "code" || key === "other";
  return isNamed ? filled(phrases.ask[key], { label: label.withArticle }) : phrases.ask[key];
}

/** The verb of a yes-or-no field, from its name or the English words of its description. */
function verbOf({ name, field }: FieldProfile): YesNoVerb {
  const said = fold(
    `${name.replace(/_/g, " ")} ${/whether|if/i.test(field.description) ? field.description : ""}`,
  );
  if (/^(?:is|es|e) /.test(said)) return "is";
  if (/\b(?:needs?|requires?|necesitan?|precisam?)\b/.test(said)) return "needs";
  if (/\b(?:wants?|quieren?|querem?|quer|would like)\b/.test(said)) return "wants";
  return /\b(?:has|have|owns?|tienen?|tem|tiene)\b/.test(said) ? "has" : "there";
}

/** English descriptions say "Whether the customer has a pet": asked as "Do you have a pet?". */
function whetherFrom({ field }: FieldProfile, language: Language): Variants | null {
  if (language !== "en") return null;
  const it = /^whether (?:it|this|that) is (.+?)\.?$/i.exec(field.description)?.[1];
  if (it) return [`Is it ${it}?`, `Just to check: is it ${it}?`];
  const rest =
    /^whether (?:the (?:customer|client|company|guest|patient|person)|they|he or she|it|you) (needs?|wants?|has|have|owns?|likes?)\s+(.+?)\.?$/i
      .exec(field.description);
  if (!rest?.[1] || !rest[2]) return null;
  const verb = /^ha/i.test(rest[1]) ? "have" : rest[1].replace(/s$/, "");
  return [`Do you ${verb} ${rest[2]}?`, `Just to check: do you ${verb} ${rest[2]}?`];
}

const stories: Record<Language, readonly [RegExp, string][]> = {
  es: [
    [/happen|incident|accident|siniestro|ocurri|paso|damage/, "¿Qué pasó exactamente?"],
    [
      /symptom|pain|dolor|visit|treatment|cita|appointment/,
      "¿Cuál es el motivo de tu consulta?",
    ],
    [/occasion|ocasion/, "¿Para qué ocasión es?"],
    [/goal|objetiv/, "¿Cuál es tu objetivo?"],
    [
      /problem|challenge|issue|use case|struggl/,
      "¿Qué te gustaría resolver?",
    ],
  ],
  en: [
    [/happen|incident|accident|siniestro|ocurri|paso|damage/, "What happened exactly?"],
    [
      /symptom|pain|dolor|visit|treatment|cita|appointment/,
      "What's the reason for your visit?",
    ],
    [/occasion|ocasion/, "What's the occasion?"],
    [/goal|objetiv/, "What's your goal?"],
    [
      /problem|challenge|issue|use case|struggl/,
      "What would you like to solve?",
    ],
  ],
  pt: [
    [/happen|incident|accident|siniestro|ocurri|paso|damage/, "O que aconteceu exatamente?"],
    [
      /symptom|pain|dolor|visit|treatment|cita|appointment/,
      "Qual é o motivo da sua consulta?",
    ],
    [/occasion|ocasion/, "Para qual ocasião é?"],
    [/goal|objetiv/, "Qual é o seu objetivo?"],
    [
      /problem|challenge|issue|use case|struggl/,
      "O que você gostaria de resolver?",
    ],
  ],
};

function storyVariants(profile: FieldProfile, language: Language, phrases: Phrases): Variants {
  const about = fold(`${profile.name.replace(/_/g, " ")} ${profile.field.description}`);
  const known = stories[language].find(([pattern]) => pattern.test(about))?.[1];
  const more = phrases.ask.story[1] ?? phrases.ask.story[0];
  return [known ?? fill(phrases.ask.other[0], { label: labelOf(profile, language).withArticle }), more];
}

function askTopic({ name, field, topic, isPast }: FieldProfile): AskTopic {
  if (
    topic === "people" &&
    /team|users?|employees|seats|staff|equipo|usuarios|equipe/.test(fold(`${name} ${field.description}`))
  ) {
    return "team";
  }
  if (topic !== "date") return topic;
  if (isPast) return "past_date";
  const about = fold(`${name.replace(/_/g, " ")} ${field.description}`);
  if (/deliver|entreg|ship|need|necesit|envio|receive|recib/.test(about)) return "delivery_date";
  return /visit|appointment|cita|demo|meeting|call|consult|reuni|class|clase|tour|trial|agend/.test(about)
    ? "visit_date"
    : "date";
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
export function capitalize(text: string): string {
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
