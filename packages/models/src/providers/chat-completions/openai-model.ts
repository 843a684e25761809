import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { openaiPrices } from "../prices/openai-prices.ts";
import { priceOf } from "../prices/price-of.ts";
import type { ProviderOptions } from "../provider-options.ts";
import { openaiSchema } from "../schemas/openai-schema.ts";
import { chatModel } from "./chat-model.ts";

/**
 * A model of OpenAI, through chat completions: strict JSON, streamed, prompts laid out for its cache.
 *
 * @returns A model that throws {@linkcode ModelFailure}.
 */
export function openaiModel(options: ProviderOptions): LanguageModel {
  const dialect = {
    provider: "openai",
    baseUrl: "https://api.openai.com/v1",
    answerFormat: "json_schema",
    toSchema: openaiSchema,
    limitName: "max_completion_tokens",
    caching: takesCacheMarks(options.model) ? "marked" : "keyed",
  } as const;
  return chatModel(options, dialect, priceOf(openaiPrices, options.model));
}

/**
 * Whether a model lets the caller mark what is cached: GPT-5.6 and later. Older ones find repeated prefixes by
 * themselves and refuse the marks.
 *
 * @see https://developers.openai.com/api/docs/guides/prompt-caching
 */
export function takesCacheMarks(model: string): boolean {
  const version = /^gpt-(\d+)(?:\.(\d+))?(?:-|$)/.exec(model);
  if (!version) return false;
  const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
  return major > 5 || (major === 5 && minor >= 6);
}
