import { hasTextIn, textIn } from "../localized-text.ts";
import { plainText, plainWords } from "../plain-words.ts";
import type { CanonicalMatch } from "./approved-answers.ts";

/** A question that an approved answer stands for, and how near its vector is. */
export interface ApprovedVariant {
  answerId: string;
  text: string;
  /** The answer, by BCP 47 language. */
  answers: Record<string, string>;
  /** Cosine of the two vectors, -1 to 1; `null` where there is no vector to compare. */
  cosine: number | null;
}

/** What was chosen among the variants. */
export interface ApprovedChoice {
  match: CanonicalMatch | null;
  /** Answers that are close enough, near each other, and say different things. With them nothing is chosen. */
  contradictedIds: string[];
}

/** Answers whose likeness differs by less than this are equally good. */
const nearness = 0.05;
/** What the words count beside the vectors. */
const wordShare = 0.4;
/** A likeness with another number, or with a "not" on one side, is worth so much of itself. */
const otherQuestion = 0.7;

const negations = new Set(
  "no not never without dont doesnt cant sin nunca tampoco nao sem jamais jamas nem ni".split(" "),
);

/**
 * The approved answer that fits a question best. Only answers in the customer's language count.
 *
 * @param threshold Likeness from which answers contradict each other.
 */
export function chooseApproved(
  question: string,
  language: string,
  variants: ApprovedVariant[],
  threshold: number,
): ApprovedChoice {
  const best = new Map<string, CanonicalMatch>();
  for (const variant of variants) {
    if (!hasTextIn(variant.answers, language)) continue;
    const score = likeness(question, variant);
    if (score <= (best.get(variant.answerId)?.score ?? 0)) continue;
    const text = textIn(variant.answers, language, []);
    best.set(variant.answerId, { id: variant.answerId, score, text });
  }
  const ranked = [...best.values()].sort((one, other) =>
    other.score - one.score || (one.id < other.id ? -1 : 1)
  );
  const [first] = ranked;
  if (first === undefined) return { match: null, contradictedIds: [] };
  const rivals = ranked.filter(({ score, text }) =>
    score >= threshold && first.score - score < nearness && plainText(text) !== plainText(first.text)
  );
  if (first.score < threshold || rivals.length === 0) return { match: first, contradictedIds: [] };
  return { match: null, contradictedIds: [first.id, ...rivals.map(({ id }) => id)] };
}

/** Likeness of a question and a variant by vectors and words together, 0 to 1; 1 only for the same words. */
export function likeness(
  question: string,
  { text, cosine }: Pick<ApprovedVariant, "text" | "cosine">,
): number {
  const asked = plainWords(question);
  const known = plainWords(text);
  if (asked.length === 0) return 0;
  if (asked.join(" ") === known.join(" ")) return 1;
  if (cosine === null) return 0;
  const together = (1 - wordShare) * Math.max(0, cosine) + wordShare * sharedWords(asked, known);
  return Math.min(0.999, together) * (isOtherQuestion(asked, known) ? otherQuestion : 1);
}

/** Sørensen–Dice over the words. */
function sharedWords(asked: string[], known: string[]): number {
  const [one, other] = [new Set(asked), new Set(known)];
  const shared = [...one].filter((word) => other.has(word)).length;
  return one.size + other.size === 0 ? 0 : 2 * shared / (one.size + other.size);
}

/** "For 30 people" and "for 300 people", "do you" and "don't you", are near in every vector space. */
function isOtherQuestion(asked: string[], known: string[]): boolean {
  const numbers = (words: string[]) => words.filter((word) => /\d/.test(word)).sort().join(" ");
  const isNegated = (words: string[]) => words.some((word) => negations.has(word));
  return numbers(asked) !== numbers(known) || isNegated(asked) !== isNegated(known);
}
