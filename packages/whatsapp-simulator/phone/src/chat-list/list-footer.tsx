import { Moon, Sun } from "lucide-react";
import { IconButton, languages, type useTheme } from "@app/ui/mod.ts";
import type { Speech } from "../i18n/use-language.ts";

/** How each language calls itself. */
const NAMES: Record<(typeof languages)[number], string> = { es: "Español", en: "English", pt: "Português" };

/** Language and theme. */
export function ListFooter({ speech, theme }: { speech: Speech; theme: ReturnType<typeof useTheme> }) {
  const { words, language, choose } = speech;
  const isDark = theme.shown === "dark";
  return (
    <footer className="flex items-center justify-between border-t border-line px-3 py-2">
      <div role="radiogroup" aria-label={words.language} className="flex rounded-full bg-paper p-1">
        {languages.map((each) => (
          <label
            key={each}
            title={NAMES[each]}
            className="relative cursor-pointer rounded-full px-3 py-1.5 text-xs font-semibold text-soft uppercase has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="language"
              lang={each}
              aria-label={NAMES[each]}
              checked={language === each}
              onChange={() => choose(each)}
              className="sr-only"
            />
            {each}
          </label>
        ))}
      </div>
      <IconButton
        label={isDark ? words.theme.toLight : words.theme.toDark}
        data-testid="theme"
        onClick={() => theme.choose(isDark ? "light" : "dark")}
      >
        {isDark ? <Sun size={19} /> : <Moon size={19} />}
      </IconButton>
    </footer>
  );
}
