import type { ModelPrice, PriceTable } from "./model-price.ts";

/** Writing to the cache costs 1.25 × the input since GPT-5.6: https://developers.openai.com/api/docs/guides/prompt-caching */
function paidWrites(input: number, cachedInput: number, output: number): ModelPrice {
  return { input, cachedInput, cacheWrite: input * 1.25, output };
}

function freeWrites(input: number, cachedInput: number, output: number): ModelPrice {
  return { input, cachedInput, cacheWrite: input, output };
}

/** OpenAI, standard tier, prompts of at most 272,000 tokens (longer ones cost more; ours are far shorter). */
export const openaiPrices: PriceTable = {
  source: "https://developers.openai.com/api/docs/pricing",
  asOf: "2026-10-27",
  models: {
    "gpt-6.1-sol": paidWrites(2, 0.10, 10),
    "gpt-6.1-terra": paidWrites(1, 0.05, 5),
    "gpt-6-astra": paidWrites(10, 1, 50),
    "gpt-6-sol": paidWrites(2, 0.20, 10),
    "gpt-6-luna": paidWrites(0.10, 0.01, 0.50),
    "gpt-5.6-sol": paidWrites(4, 0.40, 20),
    "gpt-5.6-terra": paidWrites(2, 0.20, 12),
    "gpt-5.6-luna": paidWrites(0.20, 0.02, 1.20),
    "gpt-5.5": freeWrites(5, 0.50, 30),
    "gpt-5.4": freeWrites(2.50, 0.25, 15),
    "gpt-5.4-mini": freeWrites(0.75, 0.075, 4.50),
    "gpt-5.4-nano": freeWrites(0.20, 0.02, 1.25),
  },
};
