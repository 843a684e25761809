import type { Language } from "@app/ui/mod.ts";
import type { LaterWords } from "./later-words.ts";

const loaders: Record<Language, () => Promise<LaterWords>> = {
  es: () => import("./es.ts").then((module) => module.es),
  en: () => import("./en.ts").then((module) => module.en),
  pt: () => import("./pt.ts").then((module) => module.pt),
};

const fetched = new Map<Language, LaterWords>();
const listeners = new Set<() => void>();

/** What was fetched of a language. */
export function laterWords(language: Language): LaterWords | undefined {
  return fetched.get(language);
}

/** Hears that words have come. @returns How to stop. */
export function onLaterWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Fetches the words of a language that no first screen needs. */
export async function fetchLaterWords(language: Language): Promise<void> {
  if (fetched.has(language)) return;
  fetched.set(language, await loaders[language]());
  for (const listener of listeners) listener();
}
