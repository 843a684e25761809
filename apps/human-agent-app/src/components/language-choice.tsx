import { type Language, languages } from "@app/ui/mod.ts";
import { useSpeech } from "../lib/speech.ts";

/** As each calls itself. */
const ownNames: Record<Language, string> = { es: "español", en: "English", pt: "português" };

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
          {ownNames[code]}
        </button>
      ))}
    </div>
  );
}
