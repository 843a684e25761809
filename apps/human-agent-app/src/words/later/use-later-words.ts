import { useEffect, useState } from "react";
import type { Language } from "@app/ui/mod.ts";
import { type Speech, useSpeech } from "../../lib/speech.ts";
import type { Words } from "../words.ts";
import { fetchLaterWords, laterWords } from "./fetch-later-words.ts";
import type { LaterWords } from "./later-words.ts";

/** Everything that can be said. */
type AllSpeech = Omit<Speech, "words"> & { words: Words & LaterWords };

/** All words of the chosen language, for parts that are shown by `later`, which sees to it that they are there. */
export function useAllSpeech(): AllSpeech {
  const speech = useSpeech();
  const more = laterWords(speech.language);
  if (!more) throw new Error("Cannot speak: this part is not shown by later()");
  return { ...speech, words: { ...speech.words, ...more } };
}

/** Fetches those words as soon as they are wanted. @returns Whether they are there, and whether they could not be fetched. */
export function useLaterWords(language: Language, isWanted: boolean) {
  const [failed, setFailed] = useState<Language>();
  const isThere = laterWords(language) !== undefined;
  function again() {
    setFailed(undefined);
    fetchLaterWords(language).catch(() => setFailed(language));
  }
  useEffect(() => {
    if (isWanted && !isThere) again();
  }, [isWanted, isThere, language]);
  return { isThere, hasFailed: failed === language, again };
}
