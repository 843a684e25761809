/** A token that ends within this is renewed first; supabase-js thinks the same of it. */
const marginMs = 90_000;

/** Who is signed in here, as supabase-js has kept it. */
export interface KeptLogin {
  userId: string;
  accessToken: string;
  /** Whether the token can still be used. */
  isFresh: boolean;
}

/** Reads what is kept; whatever is not understood is nothing. */
export function readLogin(kept: string | null, now: number): KeptLogin | null {
  try {
    const { access_token: accessToken, expires_at: expiresAt, user } = JSON.parse(kept ?? "{}");
    if (typeof accessToken !== "string" || typeof expiresAt !== "number" || typeof user?.id !== "string") {
      return null;
    }
    return { userId: user.id, accessToken, isFresh: expiresAt * 1000 - now > marginMs };
  } catch {
    return null;
  }
}
