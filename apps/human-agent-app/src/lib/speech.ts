import { createContext, use } from "react";
import type { ChatLabels, Language } from "@app/ui/mod.ts";
import type { KnownWords } from "../words/later/later-words.ts";

/** The language of the app and everything that it says. */
export interface Speech {
  language: Language;
  words: KnownWords;
  /** The words of the conversation view. */
  labels: ChatLabels;
  choose: (language: Language) => void;
}

/** Filled at the top of the app. */
export const SpeechContext = createContext<Speech | null>(null);

/** The words of the chosen language. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error("Cannot speak: there is no SpeechContext above");
  return speech;
}
