import { languages } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** The three languages, each by its own name. */
export function LanguageChoice() {
  const { language, choose, words } = useSpeech();
  return (
    <div role="group" aria-label={words.languageTitle} className="flex justify-center gap-1 text-sm">
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => choose(code)}
          className="min-h-9 rounded-lg px-2.5 text-soft hover:text-ink aria-pressed:font-semibold aria-pressed:text-accent"
        >
          {new Intl.DisplayNames(code, { type: "language" }).of(code)}
        </button>
      ))}
    </div>
  );
}
