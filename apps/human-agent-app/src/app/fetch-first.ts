import { mayBeSignedIn } from "../lib/kept-login.ts";
import { fetchWords, firstLanguage } from "../words/fetch-words.ts";
import { fetchLaterWords } from "../words/later/fetch-later-words.ts";

/**
 * Fetches the code of what will be shown beside the code that shows it, so that nothing is found out one after the other: the
 * words, and for whoever may be signed in the desk and what the address names. Whoever is not sees the sign-in; supabase-js,
 * which sends it, comes while they type.
 */
export function fetchFirst(): void {
  const parts: Promise<unknown>[] = [fetchWords()];
  if (mayBeSignedIn()) {
    parts.push(import("./workplace.tsx"));
    if (/\/c\/[^/]+$/.test(location.pathname)) parts.push(import("./conversation-page.tsx"));
    else parts.push(import("./queue.tsx"), import("./navigation-bar.tsx"));
  } else parts.push(import("../features/sign-in/sign-in.tsx"), fetchLaterWords(firstLanguage()));
  // Whoever needs one asks for it again, and tells if it is not there.
  for (const part of parts) part.catch(() => {});
}
