import { endsWithAbbreviation } from "./abbreviations.ts";
import { isBoundGap } from "./is-bound-gap.ts";

/** A run of characters without white space; `start` and `end` are places in the text. */
export interface Word {
  start: number;
  end: number;
}

/**
 * How well a bubble may end between two words, the higher the better.
 *
 * `glue` never, unless one of them would be too long; `space` and `clause` if nothing else fits; `item_part` inside an item
 * of a list; `item` between items; `sentence`; `line`; `paragraph` always.
 */
export const breakRanks = {
  glue: -1,
  space: 0,
  clause: 1,
  item_part: 2,
  item: 3,
  sentence: 4,
  line: 5,
  paragraph: 6,
} as const;

const marker = /^\s*(?:[-*•–+>]|\d{1,3}[.)]|[☐☑])(?=\s)/u;
const fence = /^\s*```/;

/** Words between WhatsApp's marks for bold, italics and struck through, on one line; a mark without its end shows as it is. */
const markedWords =
  /(?<![\p{L}\p{N}])(?:\*(?=\S)[^*\n]{1,200}(?<=\S)\*|_(?=\S)[^_\n]{1,200}(?<=\S)_|~(?=\S)[^~\n]{1,200}(?<=\S)~)(?![\p{L}\p{N}])/gu;

/** Ranks the gap after each word; the last word has none. */
export function findBreaks(text: string, words: readonly Word[]): number[] {
  const places = findPlaces(text);
  const marked = [...text.matchAll(markedWords)].map(({ 0: span, index }) => [index, index + span.length]);
  let line = 0;
  let mark = 0;
  return words.slice(0, -1).map((word, index) => {
    while (word.start >= (places[line + 1]?.start ?? Infinity)) line += 1;
    while (word.end >= (marked[mark]?.[1] ?? Infinity)) mark += 1;
    if (word.end > (marked[mark]?.[0] ?? Infinity)) return breakRanks.glue;
    const next = words[index + 1] ?? word;
    return rankGap(text, word, next, places, line);
  });
}

/** A line, and what it is part of. */
interface Place {
  start: number;
  /** The kind of list, `>` for a quote, or `code`. */
  inside: string | undefined;
  isItem: boolean;
}

function findPlaces(text: string): Place[] {
  let start = 0;
  let isCode = false;
  let list: string | undefined;
  return text.split("\n").map((line) => {
    const isFence = fence.test(line);
    const sign = marker.exec(line)?.[0].trim();
    const isIndented = /^\s/.test(line) || line === "";
    // A list goes on over blank lines and indented ones, with lists inside it.
    if (!isIndented || list === undefined) list = sign === undefined ? undefined : kindOf(sign);
    const place = { start, inside: isCode || isFence ? "code" : list, isItem: sign !== undefined };
    if (isFence) isCode = !isCode;
    start += line.length + 1;
    return place;
  });
}

function kindOf(sign: string): string {
  return /^\d/.test(sign) ? "numbers" : sign;
}

function rankGap(text: string, word: Word, next: Word, places: readonly Place[], line: number): number {
  const gap = text.slice(word.end, next.start);
  const [before, after] = [text.slice(word.start, word.end), text.slice(next.start, next.end)];
  const here = places[line];
  const isMarker = here?.isItem === true && /^(?:[-*•–+>]|\d{1,3}[.)]|[☐☑])$/u.test(before) &&
    text.slice(here.start, word.start).trim() === "";
  if (gap === "" || isMarker || isBoundGap(before, gap, after)) return breakRanks.glue;
  if (gap.includes("\n")) {
    const nextLine = line + gap.split("\n").length - 1;
    return rankLineEnd(before, gap, here, places[nextLine]);
  }
  const isInside = here?.inside !== undefined;
  if (endsSentence(before, after)) return isInside ? breakRanks.item_part : breakRanks.sentence;
  return /[,;:]["')\]»”’]*$/.test(before) ? breakRanks.clause : breakRanks.space;
}

function rankLineEnd(before: string, gap: string, here: Place | undefined, next: Place | undefined): number {
  const hasBlankLine = gap.indexOf("\n") !== gap.lastIndexOf("\n");
  if (here?.inside !== undefined && (here.inside === next?.inside || (next?.inside && !hasBlankLine))) {
    return breakRanks.item;
  }
  // What announces a list stays with it.
  if (next?.inside !== undefined && before.endsWith(":")) return breakRanks.clause;
  return hasBlankLine ? breakRanks.paragraph : breakRanks.line;
}

function endsSentence(before: string, after: string): boolean {
  const mark = /([.!?…。！？]+)[*_~"')\]»”’]*$/u.exec(before)?.[1];
  if (mark === undefined || /^\p{Ll}/u.test(after)) return false;
  return mark !== "." || !endsWithAbbreviation(before.replace(/[*_~"')\]»”’]+$/u, ""));
}
