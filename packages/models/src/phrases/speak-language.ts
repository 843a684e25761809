import type { Language } from "../understand/languages.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import type { Phrases, Variants } from "./phrases.ts";
import { pt } from "./pt.ts";

const phrases: Record<Language, Phrases> = { es, en, pt };

/** The phrases of a language. */
export function phrasesIn(language: Language): Phrases {
  return phrases[language];
}

/** One of the variants, by turn: the same request gets the same words, the next turn others. */
export function pick(variants: Variants, turn: number): string {
  return variants[turn % variants.length] ?? variants[0];
}

/** Fills `{name}` in a phrase. */
export function fill(phrase: string, values: Record<string, string>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
