import type { LocalizedText } from "./machine-definition.ts";

/**
 * The text in a language: the same one, else the same without its region, else the first there is.
 *
 * @param language BCP 47; `null` takes the first.
 */
export function textIn(localized: LocalizedText, language: string | null): string {
  if (typeof localized === "string") return localized;
  const wanted = language === null
    ? undefined
    : ownText(localized, language) ?? nearText(localized, language);
  return wanted ?? Object.values(localized)[0] ?? "";
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
