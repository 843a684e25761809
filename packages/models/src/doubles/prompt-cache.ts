import type { CountedTokens } from "./wire.ts";

/** Characters that a token has on average. */
const charactersPerToken = 4;
/** The shortest beginning that providers cache: https://developers.openai.com/api/docs/guides/prompt-caching */
const leastCached = 1024;
/** Beginnings that are found without a mark grow in steps. */
const step = 128;

/** An estimate, the same for every provider. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Remembers beginnings of prompts as providers do: byte for byte, from 1,024 tokens on. Never forgets. */
export class PromptCache {
  readonly #marked = new Set<string>();
  readonly #whole: string[] = [];

  /** Counts the input of a prompt and remembers it. */
  read(prompt: { whole: string; marked: string | null; isImplicit: boolean }): Omit<CountedTokens, "output"> {
    const all = countTokens(prompt.whole);
    if (prompt.isImplicit) {
      const shared = Math.max(0, ...this.#whole.map((earlier) => commonLength(earlier, prompt.whole)));
      this.#whole.push(prompt.whole);
      const cached = Math.floor(shared / charactersPerToken / step) * step;
      return cached >= leastCached
        ? { fresh: all - cached, cached, written: 0 }
        : { fresh: all, cached: 0, written: 0 };
    }
    const marked = prompt.marked === null ? 0 : countTokens(prompt.marked);
    if (prompt.marked === null || marked < leastCached) return { fresh: all, cached: 0, written: 0 };
    const isKnown = this.#marked.has(prompt.marked);
    this.#marked.add(prompt.marked);
    return { fresh: all - marked, cached: isKnown ? marked : 0, written: isKnown ? 0 : marked };
  }
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
