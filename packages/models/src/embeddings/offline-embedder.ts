import { type Embedder, embeddingDimensions, plainWords } from "@app/sales-engine/mod.ts";
import { fitVector } from "./fit-vector.ts";

/** How much each kind of feature counts. Letters let a slip of the thumb and another ending still be alike. */
const weights = { word: 1, pair: 0.6, letters: 0.25 };

/**
 * An embedder without a model: words, pairs of neighbours and groups of three to five letters, each hashed to a place and a
 * sign. It is deterministic, needs no network and knows words, not meanings: texts are alike if they are worded alike.
 */
export function offlineEmbedder(): Embedder {
  return {
    name: "offline/ngrams-1",
    embed(texts, signal) {
      signal.throwIfAborted();
      return Promise.resolve(texts.map(embedOne));
    },
  };
}

function embedOne(text: string): number[] {
  const vector = new Array<number>(embeddingDimensions).fill(0);
  for (const [feature, weight] of featuresOf(plainWords(text))) {
    const hash = hashOf(feature);
    const place = hash % embeddingDimensions;
    vector[place] = (vector[place] ?? 0) + (hash & 0x40000000 ? -weight : weight);
  }
  // A text without words, or whose features cancel each other out, is alike to others of its kind only.
  return fitVector(vector) ?? fitVector([1]) ?? vector;
}

function* featuresOf(words: string[]): Generator<[string, number]> {
  for (const [index, word] of words.entries()) {
    yield [`w:${word}`, weights.word];
    const next = words[index + 1];
    if (next !== undefined) yield [`p:${word} ${next}`, weights.pair];
    const spelled = `^${word}$`;
    for (let size = 3; size <= 5; size++) {
      for (let start = 0; start + size <= spelled.length; start++) {
        yield [`l:${spelled.slice(start, start + size)}`, weights.letters];
      }
    }
  }
}

/** FNV-1a, 32 bits, with its bits mixed once more so that the low ones are as good as the high ones. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
