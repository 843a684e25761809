import type { FailureReason } from "./model-failure.ts";

/** What a provider said about a request that it did not take. Nothing of it goes further but the reason. */
export interface ProviderComplaint {
  status: number;
  /** Its code and its words. */
  message: string;
}

/** A message of a provider that complains about the schema of the answer rather than about the rest. */
const aboutSchema = /schema|response_format|output_config|grammar/i;

/** Gemini answers 400 to a wrong key. */
const wrongKey = /API key not valid|API_KEY_INVALID/;
/** An account without money: OpenAI's code with 429, Anthropic's words with 400 (its `billing_error` is 402). */
const aboutMoney = /insufficient_quota|credit balance is too low/i;

/**
 * What a status of a provider means for the caller.
 *
 * @see https://platform.openai.com/docs/guides/error-codes
 * @see https://platform.claude.com/docs/en/api/errors (529 is `overloaded_error`)
 */
export function explainStatus({ status, message }: ProviderComplaint): FailureReason {
  if (status === 402 || (status < 500 && aboutMoney.test(message))) return "unpaid";
  if (status === 401 || status === 403 || wrongKey.test(message)) return "unauthorized";
  if (status === 408 || status === 504) return "timeout";
  if (status === 429) return "rate_limited";
  if (status >= 500 || status === 409 || status === 425) return "overloaded";
  return aboutSchema.test(message) ? "schema_refused" : "invalid_request";
}
