import assert from "node:assert/strict";
import { anthropicPrices } from "./anthropic-prices.ts";
import { geminiPrices } from "./gemini-prices.ts";
import { costOf, inputCost } from "./model-price.ts";
import { openaiPrices } from "./openai-prices.ts";
import { priceOf } from "./price-of.ts";

Deno.test("priceOf() knows a model by its name, with or without a day", () => {
  const price = priceOf(anthropicPrices, "claude-haiku-4-5");

  assert.deepEqual(price, { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5 });
  assert.equal(priceOf(anthropicPrices, "claude-haiku-4-5-20251001"), price);
  assert.equal(
    priceOf(openaiPrices, "gpt-5.4-mini-2026-03-17"),
    openaiPrices.models["gpt-5.4-mini"],
  );
  assert.equal(priceOf(geminiPrices, "models/gemini-3.8-flash"), geminiPrices.models["gemini-3.8-flash"]);
});

Deno.test("priceOf() takes an unknown model for the dearest one", () => {
  assert.equal(priceOf(openaiPrices, "gpt-9"), openaiPrices.models["gpt-6-astra"]);
  assert.equal(priceOf(openaiPrices, "constructor"), openaiPrices.models["gpt-6-astra"]);
});

Deno.test("costOf() prices fresh, cached, written and output tokens each at their own", () => {
  const usage = {
    freshTokens: 1_000_000,
    cachedTokens: 2_000_000,
    writtenTokens: 4_000_000,
    outputTokens: 500_000,
  };
  const price = { input: 1, cachedInput: 0.1, cacheWrite: 1.25, output: 5 };

  assert.equal(inputCost(price, usage), 1 + 0.2 + 5);
  assert.equal(costOf(price, usage), 6.2 + 2.5);
});

for (const table of [openaiPrices, anthropicPrices, geminiPrices]) {
  Deno.test(`the prices of ${table.source} are dated and in order`, () => {
    assert.match(table.asOf, /^\d{4}-\d{2}-\d{2}$/);
    for (const [name, price] of Object.entries(table.models)) {
      assert.ok(price.cachedInput < price.input, `${name}: reading the cache is cheaper`);
      assert.ok(price.cacheWrite >= price.input && price.output > price.input, name);
    }
  });
}
