import { equalInConstantTime } from "./equal-in-constant-time.ts";

/**
 * Answers the call with which Meta checks a webhook address.
 *
 * @param url The address as called, with `hub.mode`, `hub.verify_token` and `hub.challenge`.
 * @param verifyTokens Tokens that are welcome; an empty one never matches.
 * @returns The challenge, to be sent back verbatim as plain text with 200, or `null`: answer 403.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function answerVerification(url: URL, verifyTokens: readonly string[]): string | null {
  const token = url.searchParams.get("hub.verify_token");
  if (url.searchParams.get("hub.mode") !== "subscribe" || token === null) return null;
  const isWelcome = verifyTokens.some((known) => known !== "" && equalInConstantTime(known, token));
  return isWelcome ? url.searchParams.get("hub.challenge") : null;
}
