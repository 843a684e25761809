import { fold, type Token, tokenize } from "./text.ts";
import { isArticle, type NumberWord, numberWord, parseDigits } from "./number-words.ts";

/** A number in a message, and what it counts. */
export interface NumberMention {
  value: number;
  start: number;
  end: number;
  /** What the number is of: only `plain` ones are counts. */
  kind: "plain" | "measure" | "money" | "percent" | "duration" | "time" | "article";
  /** The word after it, folded: "cajas" in "400 cajas"; empty at the end of a sentence. */
  noun: string;
}

const measures =
  /^(?:pulgadas?|pulg|inch(?:es)?|in|polegadas?|cm|mm|cms|mts?|m2|m3|metros?|meters?|metres?|feet|foot|ft|pies|kg|kgs|kilos?|kilogramos?|gramos?|grs?|g|grams?|lb|lbs|libras|pounds|oz|onzas|onças|oncas|ml|lt|lts?|litros?|liters?|litres?|galones|gal|km|kms|miles|milhas|sqm|sqft|x)$/;
const durations =
  /^(?:horas?|hours?|hrs?|hs|minutos?|minutes?|mins?|dias?|days?|semanas?|weeks?|meses|mes|months?|anos?|years?|yrs?)$/;
const currencies =
  /^(?:usd|eur|brl|mxn|cop|ars|clp|pen|us|dolares|dolar|dollars?|euros?|pesos?|soles|sol|reais|real|bucks|lempiras|quetzales|bolivares|colones)$/;
const clock = /^(?:am|pm|a\.m|p\.m|hs|h|hrs|o'clock)$/;

/** Finds every number of a text, in digits or words of the three languages, outside the given spans. */
export function readNumbers(text: string, taken: { start: number; end: number }[] = []): NumberMention[] {
  const folded = fold(text);
  const tokens = tokenize(text).filter((token) =>
    !taken.some((span) => token.start < span.end && span.start < token.end)
  );
  const mentions: NumberMention[] = [];
  for (let index = 0; index < tokens.length;) {
    const read = readAt(tokens, index, folded);
    if (!read) {
      index++;
      continue;
    }
    const first = tokens[index];
    const last = tokens[read.next - 1];
    const after = last ? nextWord(tokens, read.next, last.end, folded) : "";
    // "A" and "an" are prepositions in the other languages, as in "a las 5" and "de 2 a 3".
    const isPreposition = /^an?$/.test(first?.word ?? "") && read.next === index + 1;
    if (first && last && !isPreposition) {
      mentions.push({
        value: read.value,
        start: first.start,
        end: last.end,
        kind: kindOf(
          folded,
          first,
          last,
          read.suffix || after,
          isArticle(first.word) && read.next === index + 1,
        ),
        noun: read.suffix || after,
      });
    }
    index = read.next;
  }
  return mentions;
}

interface Reading {
  value: number;
  next: number;
  /** Letters glued to the digits, as "cajas" in "400cajas". */
  suffix: string;
}

/** Reads the longest number that begins at a token. */
function readAt(tokens: Token[], index: number, folded: string): Reading | null {
  let total = 0;
  let current: number | null = null;
  let isHalf = false;
  let suffix = "";
  let next = index;
  for (let at = index; at < tokens.length; at++) {
    const token = tokens[at];
    const before = tokens[at - 1];
    if (!token || (at > index && before && !/^(?:\s+|-)$/.test(folded.slice(before.end, token.start)))) break;
    const glued = /^(\d[\d.,]*)(k|mil|[a-z]{2,})$/.exec(token.word);
    const digits = parseDigits(glued?.[1] ?? token.word);
    if (digits !== null) {
      if (current !== null || isHalf) break;
      current = digits;
      if (glued?.[2] === "k" || glued?.[2] === "mil") current *= 1000;
      else if (glued?.[2]) suffix = glued[2];
      next = at + 1;
      if (suffix) break;
      continue;
    }
    const word: NumberWord | null = numberWord(token.word);
    if (!word) {
      // "a couple of hundred", "un par de miles": the preposition belongs to the number.
      const follows = numberWord(tokens[at + 1]?.word ?? "");
      if (current !== null && (token.word === "de" || token.word === "of") && follows?.kind === "scale") {
        continue;
      }
      break;
    }
    if (word.kind === "link") {
      const follows = numberWord(tokens[at + 1]?.word ?? "");
      if (current === null && total === 0) break;
      if (follows?.kind === "half" && current !== null) {
        current += 0.5;
        next = at + 2;
        at++;
        continue;
      }
      if (follows?.kind !== "unit" || isArticle(tokens[at + 1]?.word ?? "") && total + (current ?? 0) < 20) {
        break;
      }
      continue;
    }
    if (word.kind === "unit") {
      if (isHalf && isArticle(token.word)) continue;
      if (current !== null && !joins(current, word.value)) break;
      current = (current ?? 0) + word.value;
    } else if (word.kind === "hundred") current = (current ?? 1) * 100;
    else if (word.kind === "half") {
      if (current !== null && current !== 1) break;
      isHalf = true;
      current = 1;
      continue;
    } else if (word.kind === "group") current = (current ?? 1) * word.value;
    else {
      total += (current ?? 1) * word.value;
      current = null;
    }
    next = at + 1;
  }
  if (next === index) return null;
  const value = (total + (current ?? 0)) * (isHalf ? 0.5 : 1);
  return { value, next, suffix };
}

/** "twenty" + "five" and "cuatrocientas" + "veinte" make one number; "tres" + "cuatro" are two. */
function joins(current: number, value: number): boolean {
  if (current >= 100 && current % 100 === 0) return value < 100;
  return current >= 20 && current % 10 === 0 && value < 10;
}

function nextWord(tokens: Token[], index: number, end: number, folded: string): string {
  const token = tokens[index];
  if (!token || /[.,;!?()\n]/.test(folded.slice(end, token.start))) return "";
  if (token.word === "de" || token.word === "of") return nextWord(tokens, index + 1, token.end, folded);
  return token.word;
}

function kindOf(
  folded: string,
  first: Token,
  last: Token,
  noun: string,
  isLoneArticle: boolean,
): NumberMention["kind"] {
  const before = folded.slice(0, first.start);
  const after = folded.slice(last.end);
  if (/^\s*%|^\s*(?:por ciento|percent|por cento)\b/.test(after)) return "percent";
  if (/(?:[$€£]|\b(?:usd|us\$|r\$|s\/\.?|eur|brl))\s*$/.test(before) || /^\s*[$€£]/.test(after)) {
    return "money";
  }
  if (currencies.test(noun)) return "money";
  if (measures.test(noun) || /^\s*["”]/.test(after)) return "measure";
  if (clock.test(noun) || /^\d+(?:am|pm|hs?)$/.test(last.word)) return "time";
  if (/\b(?:a las?|as|at|a la)\s*$/.test(before) && /^\d{1,2}$/.test(last.word)) return "time";
  if (durations.test(noun)) return "duration";
  return isLoneArticle ? "article" : "plain";
}
