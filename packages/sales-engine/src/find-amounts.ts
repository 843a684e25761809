import { parseNumber } from "./parse-number.ts";

/** An amount of money as it was written. */
export interface Amount {
  written: string;
  /** What it may mean: `1.500` is 1500 or 1.5. */
  values: number[];
}

const number = String.raw`\d+(?:[.,]\d+|[ \u00a0']\d{3}(?!\d))*`;
const sign = String.raw`(?:US\$|R\$|S\/|[$€£]|\b(?:USD|EUR|GBP|ARS|MXN|BRL|CLP|COP|PEN|UYU)\b)`;
const word = String
  .raw`(?:€|£|(?:USD|EUR|GBP|ARS|MXN|BRL|CLP|COP|PEN|UYU|pesos?|d[oó]lare?s?|dollars?|euros?|reais|real|soles)\b)`;
const money = new RegExp(`${sign}\\s?(${number})|(${number})\\s?${word}`, "giu");
const numbers = new RegExp(number, "gu");

/** Every amount of money in a text: a number beside a currency sign, code or name. */
export function findAmounts(text: string): Amount[] {
  return [...text.matchAll(money)].map((match) => ({
    written: match[0],
    values: meaningsOf(match[1] ?? match[2] ?? ""),
  }));
}

/** Every number in a text that is no amount of money, in all its meanings. */
export function findCounts(text: string): number[] {
  return [...text.replace(money, " ").matchAll(numbers)].flatMap((match) => meaningsOf(match[0]));
}

function meaningsOf(written: string): number[] {
  const isAmbiguous = /^\d+[.,]\d{3}$/.test(written);
  const meanings = [parseNumber(written, true), isAmbiguous ? Number(written.replace(",", ".")) : null];
  return [...new Set(meanings.filter((value) => value !== null))];
}
