import {
  anthropicModel,
  anthropicPrices,
  geminiModel,
  geminiPrices,
  openaiModel,
  openaiPrices,
  type PriceTable,
  type ProviderOptions,
} from "@app/models/mod.ts";
import type { LanguageModel } from "@app/sales-engine/mod.ts";

/** A provider's model whose prices are taken. */
export interface MeasuredModel {
  provider: "openai" | "anthropic" | "gemini";
  model: string;
  prices: PriceTable;
  make(options: ProviderOptions): LanguageModel;
}

const openai = { provider: "openai", prices: openaiPrices, make: openaiModel } as const;
const anthropic = { provider: "anthropic", prices: anthropicPrices, make: anthropicModel } as const;
const gemini = { provider: "gemini", prices: geminiPrices, make: geminiModel } as const;

/** Each way of caching: marked and paid, found by the provider and free, and each provider's price of a hit. */
export const measuredModels: MeasuredModel[] = [
  { ...openai, model: "gpt-6.1-terra" },
  { ...openai, model: "gpt-6-luna" },
  { ...openai, model: "gpt-5.4-mini" },
  { ...anthropic, model: "claude-sonnet-5-5" },
  { ...anthropic, model: "claude-haiku-5-5" },
  { ...anthropic, model: "claude-haiku-4-5" },
  { ...gemini, model: "gemini-3.8-flash" },
];
