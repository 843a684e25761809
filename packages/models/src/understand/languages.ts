/** A language that this model speaks. */
export type Language = "es" | "en" | "pt";

/** Every language that this model speaks. */
export const languages: readonly Language[] = ["es", "en", "pt"];

/** The spoken language behind a BCP 47 tag such as `pt-BR`, or `null` if it is none of ours. */
export function toLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.slice(0, 2).toLowerCase();
  return languages.find((language) => language === primary) ?? null;
}
