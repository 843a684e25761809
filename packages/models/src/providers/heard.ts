import type { ModelRequest } from "@app/sales-engine/mod.ts";
import type { ModelUsage } from "./prices/model-price.ts";

/** What was heard of an answer so far; the reader of a stream counts, and a call that breaks off is charged by it. */
export interface Heard {
  /** Whether anything came. */
  hasBegun: boolean;
  /** Letters of the answer and of calls of tools. */
  letters: number;
}

/** Few letters are a token in any language, so an estimate is rather too high. */
const lettersPerToken = 3;

/** Tokens of a call whose provider did not come to tell them: the whole prompt, and what was heard of the answer. */
export function estimateUsage({ blocks }: Pick<ModelRequest, "blocks">, { letters }: Heard): ModelUsage {
  const asked = blocks.reduce((sum, { text }) => sum + text.length, 0);
  return {
    freshTokens: Math.ceil(asked / lettersPerToken),
    cachedTokens: 0,
    writtenTokens: 0,
    outputTokens: Math.ceil(letters / lettersPerToken),
  };
}
