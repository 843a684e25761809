import { type ChatLabels, type Language, languages } from "@app/ui/mod.ts";
import type { Words } from "./words.ts";

const storageKey = "language";

/** The words of the app, and those of the conversation view. */
export interface FirstWords {
  words: Words;
  labels: ChatLabels;
}

const loaders: Record<Language, () => Promise<FirstWords>> = {
  es: () => import("./es.ts").then(({ es, labels }) => ({ words: es, labels })),
  en: () => import("./en.ts").then(({ en, labels }) => ({ words: en, labels })),
  pt: () => import("./pt.ts").then(({ pt, labels }) => ({ words: pt, labels })),
};

/** The language that was chosen here, else the browser's first that we speak, else Spanish. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  const wanted = [stored ?? "", ...navigator.languages].map((code) => code.slice(0, 2));
  return wanted.flatMap((code) => languages.filter((language) => language === code))[0] ?? "es";
}

/** Remembers what was chosen. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

/** What a first screen says in a language, which alone is fetched; browsers fetch a file once. */
export function fetchWords(language: Language = firstLanguage()): Promise<FirstWords> {
  return loaders[language]();
}
