import type { ModelPrice, PriceTable } from "./model-price.ts";

/** Writing to the cache for five minutes costs 1.25 × the input, on every model. */
function price(input: number, cachedInput: number, output: number): ModelPrice {
  return { input, cachedInput, cacheWrite: input * 1.25, output };
}

/** Anthropic, standard tier, cache entries of five minutes; Haiku 5.5 for prompts of at most 100,000 tokens. */
export const anthropicPrices: PriceTable = {
  source: "https://platform.claude.com/docs/en/about-claude/pricing",
  asOf: "2026-10-24",
  models: {
    "claude-fable-5-1": price(10, 0.25, 50),
    "claude-fable-5": price(10, 1, 50),
    "claude-opus-5-5": price(4, 0.20, 20),
    "claude-opus-5": price(5, 0.50, 25),
    "claude-opus-4-8": price(5, 0.50, 25),
    "claude-opus-4-7": price(5, 0.50, 25),
    "claude-opus-4-6": price(5, 0.50, 25),
    "claude-opus-4-5": price(5, 0.50, 25),
    "claude-sonnet-5-5": price(2, 0.10, 10),
    "claude-sonnet-5": price(2, 0.20, 10),
    "claude-sonnet-4-6": price(3, 0.30, 15),
    "claude-sonnet-4-5": price(3, 0.30, 15),
    "claude-haiku-5-5": price(0.10, 0.01, 0.50),
    "claude-haiku-4-5": price(1, 0.10, 5),
  },
};
