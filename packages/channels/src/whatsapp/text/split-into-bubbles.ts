import { breakRanks, findBreaks, type Word } from "./find-breaks.ts";

/** How long and how many. */
export interface BubbleOptions {
  /** UTF-16 units of a bubble at most, 2 or more; never exceeded. */
  maxLength: number;
  /** Bubbles that are wished for at most; more come only where `maxLength` forces them. */
  maxBubbles: number;
}

/**
 * Splits a reply as a person would send it: a bubble for each paragraph, joined where they would be too many, and split
 * at lines, sentences or words where one is too long. Pure.
 *
 * All text is kept, in order; only white space between bubbles goes. A bubble ends inside a word, an address or an emoji
 * only if that alone is longer than `maxLength`. Numbers, prices and measures hold together, and a list does while it
 * fits.
 *
 * @returns No bubble for a blank text.
 */
export function splitIntoBubbles(text: string, { maxLength, maxBubbles }: BubbleOptions): string[] {
  const words = findWords(text, maxLength);
  const ranks = findBreaks(text, words);
  const measure = (from: number, to: number) => (words[to]?.end ?? 0) - (words[from]?.start ?? 0);
  const pieces = cutAtParagraphs(ranks, words.length)
    .flatMap((piece) => cutToLength(piece, ranks, maxLength, measure));
  return joinToCount(pieces, maxLength, maxBubbles, measure)
    .map(({ from, to }) => text.slice(words[from]?.start, words[to]?.end));
}

/** Words `from` to `to`, both included. */
interface Piece {
  from: number;
  to: number;
}

type Measure = (from: number, to: number) => number;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Runs of graphemes that are not white space. One that is too long for a bubble is cut between graphemes. */
function findWords(text: string, maxLength: number): Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  for (const { segment, index } of graphemes.segment(text)) {
    if (/^\s+$/.test(segment)) {
      word = undefined;
      continue;
    }
    for (const part of segment.length > maxLength ? segment : [segment]) {
      const start = word !== undefined && word.end > index ? word.end : index;
      if (word !== undefined && start + part.length - word.start <= maxLength) word.end = start + part.length;
      else words.push(word = { start, end: start + part.length });
    }
  }
  return words;
}

function cutAtParagraphs(ranks: readonly number[], count: number): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let to = 0; to < count; to += 1) {
    if (to < count - 1 && ranks[to] !== breakRanks.paragraph) continue;
    pieces.push({ from, to });
    from = to + 1;
  }
  return pieces;
}

/** A bubble shorter than this part of the longest is no better for ending well. */
const leastPart = 0.25;

function cutToLength(piece: Piece, ranks: readonly number[], maxLength: number, measure: Measure): Piece[] {
  const pieces: Piece[] = [];
  let { from } = piece;
  while (measure(from, piece.to) > maxLength) {
    const to = findEnd(from, ranks, maxLength, measure);
    pieces.push({ from, to });
    from = to + 1;
  }
  return [...pieces, { from, to: piece.to }];
}

/** The last of the best ends that fit; one that leaves a stump only if there is no other, glue only as a last resort. */
function findEnd(from: number, ranks: readonly number[], maxLength: number, measure: Measure): number {
  let best = from;
  let bestScore = -Infinity;
  for (let to = from; measure(from, to) <= maxLength; to += 1) {
    const rank = ranks[to] ?? breakRanks.glue;
    const isStump = measure(from, to) < maxLength * leastPart;
    const score = rank === breakRanks.glue ? -100 : rank - (isStump ? 10 : 0);
    if (score >= bestScore) [best, bestScore] = [to, score];
  }
  return best;
}

/** Pieces beyond which they are joined in order first, since finding the shortest takes the square of their number. */
const manyPieces = 200;

function joinToCount(pieces: Piece[], maxLength: number, maxBubbles: number, measure: Measure): Piece[] {
  if (pieces.length <= maxBubbles) return pieces;
  const tight = joinInOrder(pieces, maxLength, measure);
  const even = joinShortest(pieces.length > manyPieces ? tight : pieces, maxLength, maxBubbles, measure);
  return even.length <= maxBubbles || even.length <= tight.length ? even : tight;
}

/** Joins the two neighbours that are shortest together, again and again, so that bubbles become alike. */
function joinShortest(
  pieces: readonly Piece[],
  maxLength: number,
  maxBubbles: number,
  measure: Measure,
): Piece[] {
  const joined = [...pieces];
  while (joined.length > maxBubbles) {
    let best = -1;
    let bestLength = maxLength;
    for (const [index, { from }] of joined.slice(0, -1).entries()) {
      const length = measure(from, joined[index + 1]?.to ?? from);
      if (length <= bestLength) [best, bestLength] = [index, length];
    }
    const [left, right] = [joined[best], joined[best + 1]];
    if (left === undefined || right === undefined) return joined;
    joined.splice(best, 2, { from: left.from, to: right.to });
  }
  return joined;
}

/** Fills each bubble before it starts the next: no way of joining neighbours gives fewer. */
function joinInOrder(pieces: readonly Piece[], maxLength: number, measure: Measure): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && measure(last.from, piece.to) <= maxLength) last.to = piece.to;
    else joined.push({ ...piece });
  }
  return joined;
}
