import type { AuthError } from "@supabase/supabase-js";
import type { LaterWords } from "../../words/later/later-words.ts";
import type { Words } from "../../words/words.ts";

/** Why signing in failed. Whether the address is known is never told. */
export function explainSignIn(error: AuthError, words: Words & LaterWords): string {
  // The name of what `isAuthRetryableFetchError` looks for; asking it would bring the whole client before the first screen.
  if (error.name === "AuthRetryableFetchError") return words.errors.offline.text;
  if (error.status === 429) return words.errors.limited.text;
  return words.signIn.wrong;
}
