/** An approved answer, with the wordings of the question that it answers. */
export interface ApprovedAnswer {
  variants: string[];
  /** By language. */
  answers: Record<string, string>;
}

/** Below this a suggestion would be noise more often than help; with it, half of the words are shared. */
const least = 0.5;

/** What a text is about: its words without accents, of three letters or more. */
function wordsOf(text: string): Set<string> {
  const plain = text.toLocaleLowerCase().normalize("NFD").replace(/\p{Mark}/gu, "");
  return new Set(plain.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word.length > 2));
}

/** How alike two texts are, from 0 to 1: shared words over all words (Dice). */
function likeness(one: Set<string>, other: Set<string>): number {
  if (one.size + other.size === 0) return 0;
  const shared = [...one].filter((word) => other.has(word)).length;
  return 2 * shared / (one.size + other.size);
}

/**
 * What an agent could answer: the approved answer whose question is most like what the contact said, in their language or
 * the one it is there in. Null where none is like enough.
 */
export function suggestReply(
  said: string,
  language: string | null,
  answers: ApprovedAnswer[],
): string | null {
  const words = wordsOf(said);
  const ranked = answers.flatMap((answer) =>
    answer.variants.map((variant) => ({ answer, score: likeness(words, wordsOf(variant)) }))
  ).sort((one, other) => other.score - one.score);
  const [best] = ranked;
  if (!best || best.score < least) return null;
  const texts = best.answer.answers;
  return texts[language?.slice(0, 2) ?? ""] ?? Object.values(texts)[0] ?? null;
}
