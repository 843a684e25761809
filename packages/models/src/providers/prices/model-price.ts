/** What a model costs, in US dollars per million tokens, at the standard tier. */
export interface ModelPrice {
  /** Input that no cache knows. */
  input: number;
  /** Input that is read from the provider's cache. */
  cachedInput: number;
  /** Input that is written to the provider's cache; the price of input where writing costs nothing more. */
  cacheWrite: number;
  output: number;
}

/** A provider's prices as they stood on a day. */
export interface PriceTable {
  /** The page that says so. */
  source: string;
  /** ISO 8601 date of the state of that page that the table was made from. */
  asOf: string;
  /** By name of the model, without a date at its end. */
  models: Readonly<Record<string, ModelPrice>>;
}

/** Tokens of one call. The three kinds of input do not overlap. */
export interface ModelUsage {
  freshTokens: number;
  cachedTokens: number;
  /** Written to the cache by this call. */
  writtenTokens: number;
  /** Everything that the model wrote, its reasoning as well. */
  outputTokens: number;
}

const million = 1_000_000;

/** What the input of a call costs, in US dollars. */
export function inputCost(price: ModelPrice, usage: Omit<ModelUsage, "outputTokens">): number {
  return (usage.freshTokens * price.input + usage.cachedTokens * price.cachedInput +
    usage.writtenTokens * price.cacheWrite) / million;
}

/** What a call costs, in US dollars. */
export function costOf(price: ModelPrice, usage: ModelUsage): number {
  return inputCost(price, usage) + usage.outputTokens * price.output / million;
}
