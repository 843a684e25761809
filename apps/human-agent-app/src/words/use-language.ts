import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { type Language, tellPartIsMissing } from "@app/ui/mod.ts";
import type { Speech } from "../lib/speech.ts";
import { fetchWords, firstLanguage, type FirstWords, keepLanguage } from "./fetch-words.ts";
import { fetchLaterWords, laterWords, onLaterWords } from "./later/fetch-later-words.ts";

/** Words that are there, and whose. */
interface Spoken extends FirstWords {
  language: Language;
}

/**
 * The words of one language; null until those of the first screen are there. Those of another that was chosen take their
 * place when all of them have come.
 *
 * @param onNone There are no words at all to say it with.
 */
export function useLanguage(onNone: () => void): Speech | null {
  const [chosen, choose] = useState(firstLanguage);
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  useEffect(() => {
    let isWanted = true;
    Promise.all([fetchWords(chosen), spoken && fetchLaterWords(chosen)]).then(([first]) => {
      if (!isWanted) return;
      document.documentElement.lang = chosen;
      setSpoken({ language: chosen, ...first });
      keepLanguage(chosen);
    }, () => {
      if (!spoken) return onNone();
      tellPartIsMissing();
      choose(spoken.language);
    });
    return () => void (isWanted = false);
  }, [chosen]);
  const more = useSyncExternalStore(onLaterWords, () => spoken ? laterWords(spoken.language) : undefined);
  return useMemo(
    () => spoken && { ...spoken, words: { ...spoken.words, ...more }, choose },
    [spoken, more],
  );
}
