import { type AuthError, isAuthRetryableFetchError } from "@supabase/supabase-js";
import type { Words } from "../../words/words.ts";

/** Why signing in failed. Whether the address is known is never told. */
export function explainSignIn(error: AuthError, words: Words): string {
  if (isAuthRetryableFetchError(error)) return words.errors.offline.text;
  if (error.status === 429) return words.errors.limited.text;
  return words.signIn.wrong;
}
