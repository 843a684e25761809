import { useEffect, useState } from "react";
import { type ChatLabels, chatLabels, type Language, languages } from "@app/ui/mod.ts";
import { words } from "./dictionary.ts";
import type { Words } from "./words.ts";

const STORAGE_KEY = "phone-language";

/** The page's language and its words. */
export interface Speech {
  language: Language;
  words: Words;
  labels: ChatLabels;
  choose: (language: Language) => void;
}

/** The chosen language, or the first of the browser's that the page speaks, or Spanish. */
export function useLanguage(): Speech {
  const [language, setLanguage] = useState<Language>(readLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words[language].title;
  }, [language]);
  return {
    language,
    words: words[language],
    labels: chatLabels[language],
    choose: (chosen) => {
      localStorage.setItem(STORAGE_KEY, chosen);
      setLanguage(chosen);
    },
  };
}

function readLanguage(): Language {
  const wanted = [localStorage.getItem(STORAGE_KEY) ?? "", ...navigator.languages];
  for (const tag of wanted) {
    const known = languages.find((language) => language === tag.slice(0, 2));
    if (known) return known;
  }
  return "es";
}
