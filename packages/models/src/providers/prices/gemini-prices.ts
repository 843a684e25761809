import type { ModelPrice, PriceTable } from "./model-price.ts";

/** Gemini finds repeated prefixes by itself and takes nothing for remembering them: https://ai.google.dev/gemini-api/docs/caching */
function price(input: number, cachedInput: number, output: number): ModelPrice {
  return { input, cachedInput, cacheWrite: input, output };
}

/** Gemini Developer API, paid tier, text. The price of 3.8, 3.7 and 3.6 Flash holds until 2026-12-31. */
export const geminiPrices: PriceTable = {
  source: "https://ai.google.dev/gemini-api/docs/pricing",
  asOf: "2026-10-07",
  models: {
    "gemini-3.8-flash": price(0.75, 0.075, 3.75),
    "gemini-3.7-flash": price(0.75, 0.075, 3.75),
    "gemini-3.6-flash": price(0.75, 0.075, 3.75),
    "gemini-3.5-flash": price(1.50, 0.15, 9),
    "gemini-3.5-flash-lite": price(0.30, 0.03, 2.50),
    "gemini-3.1-flash-lite": price(0.25, 0.025, 1.50),
  },
};
