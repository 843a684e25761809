import type { LocalizedText } from "./machine-definition.ts";

/**
 * The text in a language: the same one, else the same with another region, else in the first of the
 * fallbacks that there is, else any.
 *
 * @param fallbacks BCP 47, such as the languages of the persona.
 */
export function textIn(localized: LocalizedText, language: string, fallbacks: string[] = []): string {
  return pickText(localized, language, fallbacks).text;
}

/** As {@linkcode textIn}, with the language that the text turned out to be in. */
export function pickText(
  localized: LocalizedText,
  language: string,
  fallbacks: string[],
): { text: string; language: string } {
  if (typeof localized === "string") return { text: localized, language };
  for (const wanted of [language, ...fallbacks]) {
    const text = ownText(localized, wanted) ?? nearText(localized, wanted);
    if (text !== undefined) return { text, language: wanted };
  }
  const [first] = Object.entries(localized);
  return first ? { text: first[1], language: first[0] } : { text: "", language };
}

/** Whether the text was written for that language, and not only for others. */
export function hasTextIn(localized: LocalizedText, language: string): boolean {
  if (typeof localized === "string") return true;
  return (ownText(localized, language) ?? nearText(localized, language)) !== undefined;
}

/** The language without its region: `pt-BR` is `pt`. */
export function baseLanguage(language: string): string {
  return language.split("-")[0]?.toLowerCase() ?? language;
}

function ownText(texts: Record<string, string>, language: string): string | undefined {
  return Object.hasOwn(texts, language) ? texts[language] : undefined;
}

function nearText(texts: Record<string, string>, language: string): string | undefined {
  return Object.entries(texts).find(([key]) => baseLanguage(key) === baseLanguage(language))?.[1];
}
