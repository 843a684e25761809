import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { geminiPrices } from "../prices/gemini-prices.ts";
import { priceOf } from "../prices/price-of.ts";
import type { ProviderOptions } from "../provider-options.ts";
import { geminiSchema } from "../schemas/gemini-schema.ts";
import { chatModel } from "./chat-model.ts";
import { fetchUnwrapped } from "./unwrap-errors.ts";

/**
 * A model of Gemini, through its OpenAI-compatible endpoint. Its cache finds repeated prefixes by itself.
 *
 * @returns A model that throws {@linkcode ModelFailure}.
 * @see https://ai.google.dev/gemini-api/docs/openai
 */
export function geminiModel(options: ProviderOptions): LanguageModel {
  const dialect = {
    provider: "gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai/",
    answerFormat: "json_schema",
    toSchema: geminiSchema,
    limitName: "max_completion_tokens",
    caching: "none",
    fetch: fetchUnwrapped,
  } as const;
  return chatModel(options, dialect, priceOf(geminiPrices, options.model));
}
