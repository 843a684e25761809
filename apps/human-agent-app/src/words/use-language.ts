import { useEffect, useState } from "react";
import { chatLabels, type Language, languages } from "@app/ui/mod.ts";
import type { Speech } from "../lib/speech.ts";
import type { Words } from "./words.ts";

const storageKey = "language";

const loaders: Record<Language, () => Promise<Words>> = {
  es: () => import("./es.ts").then((module) => module.es),
  en: () => import("./en.ts").then((module) => module.en),
  pt: () => import("./pt.ts").then((module) => module.pt),
};

const loading = new Map<Language, Promise<Words>>();

/** Loads the words of a language, once. */
function load(language: Language): Promise<Words> {
  const begun = loading.get(language) ?? loaders[language]();
  loading.set(language, begun);
  return begun;
}

/** The language that was chosen here, else the browser's first that we speak, else Spanish. */
function firstLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  const wanted = [stored ?? "", ...navigator.languages].map((code) => code.slice(0, 2));
  return wanted.flatMap((code) => languages.filter((language) => language === code))[0] ?? "es";
}

// Before anything is shown: everything waits for words.
void load(firstLanguage());

/** The words of one language, which alone are loaded; null until they are there. */
export function useLanguage(): Speech | null {
  const [language, setLanguage] = useState(firstLanguage);
  const [speech, setSpeech] = useState<Speech | null>(null);
  useEffect(() => {
    let isWanted = true;
    function choose(chosen: Language) {
      localStorage.setItem(storageKey, chosen);
      setLanguage(chosen);
    }
    void load(language).then((words) => {
      if (!isWanted) return;
      document.documentElement.lang = language;
      setSpeech({ language, words, labels: chatLabels[language], choose });
    });
    return () => void (isWanted = false);
  }, [language]);
  return speech;
}
