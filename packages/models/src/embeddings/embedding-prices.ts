/** US dollars per million tokens of OpenAI's embeddings: https://developers.openai.com/api/docs/pricing, as of 2026-10-27. */
const prices: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 0.02,
  "text-embedding-3-large": 0.13,
  "text-embedding-ada-002": 0.1,
};

/** The price of a model of OpenAI; of one that is not known, the dearest: a budget that ends too early is noticed. */
export function embeddingPriceOf(model: string): number {
  const known = Object.hasOwn(prices, model) ? prices[model] : undefined;
  return known ?? Math.max(...Object.values(prices));
}
