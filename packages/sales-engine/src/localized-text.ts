import type { LocalizedText } from "./machine-definition.ts";

/**
 * The text in a language: the same one, else the same with another region, else in the first of the
 * fallbacks that there is, else any.
 *
 * @param fallbacks BCP 47, such as the languages of the persona.
 */
export function textIn(localized: LocalizedText, language: string, fallbacks: string[] = []): string {
  if (typeof localized === "string") return localized;
  for (const wanted of [language, ...fallbacks]) {
    const found = ownText(localized, wanted) ?? nearText(localized, wanted);
    if (found !== undefined) return found;
  }
  return Object.values(localized)[0] ?? "";
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
