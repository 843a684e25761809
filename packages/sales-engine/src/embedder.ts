/**
 * Numbers in a vector. One figure for the whole deployment: the `halfvec` columns have it, and every embedder keeps to it.
 * 1,024 is what OpenAI's models shorten to with little loss and what most open models have at most.
 */
export const embeddingDimensions = 1024;

/** Turns texts into vectors whose nearness is likeness. */
export interface Embedder {
  /** Provider and model, such as `openai/text-embedding-3-small`. Vectors of different names are never compared. */
  readonly name: string;
  /**
   * @param texts Any number; those over 8,000 characters are cut.
   * @param onCost Told what each request cost, in US dollars, also when a later one fails.
   * @returns One vector of length 1 and {@linkcode embeddingDimensions} numbers for each text, in their order.
   * @throws When there was no usable answer.
   */
  embed(texts: string[], signal: AbortSignal, onCost?: (usd: number) => void): Promise<number[][]>;
}
