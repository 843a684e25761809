import type { AskTopic, Phrases, Variants, YesNoVerb } from "../phrases/phrases.ts";
import { fill } from "../phrases/speak-language.ts";
import type { FieldProfile } from "../understand/field-profile.ts";
import type { Language } from "../understand/languages.ts";
import { scoreLanguages } from "../understand/detect-language.ts";
import { fold } from "../understand/text.ts";
import { labelOf } from "./label-of.ts";

/** The words to ask for a field that has none of its own, from its type, topic and name. */
export function questionWords(profile: FieldProfile, language: Language, phrases: Phrases): Variants {
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
  if (key === "other" || key === "other_name") {
    return filled(phrases.ask[key], { label: describedIn(profile, language) ?? label.withArticle });
  }
  const isNamed = key === "code";
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
  const other =
    /^whether (?:the|their|your) (?!customer|client|guest|person|company)(\w+) (is|was) (.+?)\.?$/i
      .exec(field.description);
  if (other) {
    return [
      `${other[2] === "was" ? "Was" : "Is"} your ${other[1]} ${other[3]}?`,
      `Just to check: ${other[2]} your ${other[1]} ${other[3]}?`,
    ];
  }
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
  if (
    /check.?(?:in|out)|start|end|first day|last day|arrival|departure|inicio|fin|llegada|salida|entrada|saida/
      .test(fold(`${name} ${field.description}`))
  ) {
    return "other";
  }
  const about = fold(`${name.replace(/_/g, " ")} ${field.description}`);
  if (/deliver|entreg|ship|need|necesit|envio|receive|recib/.test(about)) return "delivery_date";
  return /visit|appointment|cita|demo|meeting|call|consult|reuni|class|clase|tour|trial|agend/.test(about)
    ? "visit_date"
    : "date";
}

/** The description as a noun phrase, where it is short and in the language: "the weight of the pet in kg". */
function describedIn({ field: { description } }: FieldProfile, language: Language): string | null {
  const scores = scoreLanguages(description);
  const isOwn = scores[language] > 0 && scores[language] === Math.max(scores.es, scores.en, scores.pt);
  const isPhrase = description.length <= 60 &&
    !/[.?:;]|^(?:whether|if|how|what|when|where|why|who|si |qu[eé]|cu[aá]|c[oó]mo|qual|quant|se )/i.test(
      description,
    );
  if (!isOwn || !isPhrase) return null;
  const text = description.charAt(0).toLowerCase() + description.slice(1);
  return language === "en" && !/^(?:the|a|an|your|any) /.test(text) ? `the ${text}` : text;
}
