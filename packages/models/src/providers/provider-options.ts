import type { ModelPrice } from "./prices/model-price.ts";

/** How hard a model should think before it answers; each provider knows some of these words. */
export type Effort = "none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max";

/** What every provider needs to know. */
export interface ProviderOptions {
  /** Sent to the provider and nowhere else: never in an error, never in a log. */
  apiKey: string;
  /** The provider's name of the model, such as `gpt-6.1-terra`. */
  model: string;
  /** In place of the provider's own address. */
  baseUrl?: string;
  /** Time for one call, in milliseconds; the request's deadline if that is shorter. Default 30,000. */
  timeoutMs?: number;
  /** Tokens that the model may write, its reasoning among them. Default 8,192. */
  maxOutputTokens?: number;
  /** The provider's own default if absent; a model that knows no effort refuses it. */
  effort?: Effort;
  /** In place of the price that is known for the model. */
  price?: ModelPrice;
}

/** See {@linkcode ProviderOptions.timeoutMs}. */
export const defaultTimeoutMs = 30_000;

/** See {@linkcode ProviderOptions.maxOutputTokens}: an answer has a few hundred, reasoning takes the rest. */
export const defaultMaxOutputTokens = 8_192;
