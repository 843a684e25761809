import * as english from "chrono-node/en";
import * as spanish from "chrono-node/es";
import * as portuguese from "chrono-node/pt";
import { isoDate, type WallClock, wallClock } from "./calendar.ts";
import type { Language } from "./languages.ts";
import { readRelativeDates } from "./relative-dates.ts";
import { fold } from "./text.ts";
import { blankWords } from "./weekday-words.ts";

/** A day that was named in a message. */
export interface DateMention {
  /** `YYYY-MM-DD` in the tenant's time zone. */
  date: string;
  start: number;
  end: number;
}

/** Where and when a message was written. */
export interface Moment {
  /** ISO 8601. */
  now: string;
  /** IANA name. */
  timeZone: string;
}

/** `15/12` is a day and a month everywhere we sell but in the United States; "Dec 15" is only read by the other habit. */
const parsers = { es: spanish.casual, en: english.casual, pt: portuguese.casual };

/** Month and weekday names and words like "mañana": what makes it worth to try the language. */
const dateWords: Record<Language, RegExp> = {
  es:
    /\b(?:hoy|ayer|anteayer|anoche|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|lun|mie|jue|vie|sab|dom|ene|feb|mar|abr|jun|jul|ago|sep|set|oct|nov|dic)\b/,
  en:
    /\b(?:today|yesterday|ago|last|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|\d+(?:st|nd|rd|th))\b/,
  pt:
    /\b(?:hoje|ontem|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|seg|ter|qua|qui|sex|sab|dom|jan|fev|mar|abr|jun|jul|ago|set|out|nov|dez)\b/,
};

/** "Por la mañana" is a part of the day, while "mañana" is a day. */
const partOfDay = /(?<!\p{L})(?:(?:por|en|de|a) la|a la|las) mañanas?(?!\p{L})/giu;

/** Portuguese weekdays that are ordinals in Spanish, where "la segunda" is the second. */
const ordinalWeekdays = /\b(?:segunda|terca|quarta|quinta|sexta)\b(?!-feira)/g;

/** A day in figures, with separators that are no thousands'. */
const figures = /\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b/;

/** Whether the days of a field lie ahead, as a delivery, or behind, as an accident. */
export type Direction = "ahead" | "behind";

/**
 * Finds the days that a text names, in any of the three languages: the given one is tried first.
 * A weekday or a day without a year is the next one to come, or the last one when looking behind. `15/12` is the fifteenth of December.
 */
export function readDates(
  text: string,
  language: Language,
  moment: Moment,
  direction: Direction = "ahead",
): DateMention[] {
  const folded = fold(text);
  const clock = wallClock(moment.now, moment.timeZone);
  const found: DateMention[] = readRelativeDates(folded, clock, direction);
  // What an idiom took is blanked out, so that "pasado mañana" isn't read as "mañana" as well.
  let rest = text.replace(partOfDay, (match) => " ".repeat(match.length));
  for (const { start, end } of found) rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
  rest = blankWords(rest, fold(rest)).replace(/(?<!\p{L})(s)á(?=b(?!\p{L}))/giu, "$1a");
  const left = fold(rest);
  const isDated = ({ start, end }: DateMention) => /\d/.test(text.slice(start, end));
  const order = [language, ...(["es", "en", "pt"] as const).filter((other) => other !== language)];
  for (const candidate of order) {
    const isOwn = candidate === language;
    const words = isOwn ? left : left.replace(ordinalWeekdays, " ");
    if (!dateWords[candidate].test(words) && !(isOwn && figures.test(rest))) continue;
    const read = parseWith(candidate, rest, clock, direction);
    // "Sábado 28 de noviembre" is one day: the weekday before a date only repeats it; "lunes, martes" are two.
    found.push(...read.filter((mention, index) => {
      const next = read[index + 1];
      return !next || next.start - mention.end > 2 || isDated(mention) || !isDated(next);
    }));
    if (read.length > 0) break;
  }
  found.push(...startsOfRanges(folded, found));
  return found.sort((a, b) => a.start - b.start);
}

/** "Del 10 al 15 de diciembre" names two days; the first borrows the month of the second. */
function startsOfRanges(folded: string, found: DateMention[]): DateMention[] {
  const ranges =
    /\b(?:del?|from|entre el|desde el|do dia) (\d{1,2}) (?:al?|to|y el|hasta el|ate o dia|ate) (?:el )?(?=\d)/g;
  return [...folded.matchAll(ranges)].flatMap((match) => {
    const end = match.index + match[0].length;
    const last = found.find((mention) => Math.abs(mention.start - end) <= 3);
    const day = match[1]?.padStart(2, "0") ?? "";
    if (!last || day > last.date.slice(8) || day === "00") return [];
    return [{ date: `${last.date.slice(0, 8)}${day}`, start: match.index, end: end - 1 }];
  });
}

function parseWith(language: Language, text: string, clock: WallClock, direction: Direction): DateMention[] {
  // The library thinks in the machine's zone, so it is shown the tenant's wall clock as if it were local.
  const reference = new Date(clock.year, clock.month - 1, clock.day, clock.hour, clock.minute);
  const parser = language === "en" && figures.test(text) ? english.GB : parsers[language];
  return parser.parse(text, reference, { forwardDate: direction === "ahead" }).flatMap(
    (result) => {
      const { start } = result;
      if (!start.isCertain("day") && !start.isCertain("weekday")) return [];
      const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
      if (year === null || month === null || day === null || !hasDateShape(result.text)) return [];
      const date = isoDate(year, month, day);
      const isAhead = direction === "behind" && date > isoDate(clock.year, clock.month, clock.day);
      const isWeekday = !start.isCertain("day");
      return [{
        date: !isAhead ? date : isWeekday ? isoDate(year, month, day - 7) : isoDate(year - 1, month, day),
        start: result.index,
        end: result.index + result.text.length,
      }];
    },
  );
}

/** The library reads "2.500" as the second of May 2000 in some languages, and "4-5" as a day. */
function hasDateShape(text: string): boolean {
  if (/^\d{1,3}[.,]\d{3}$/.test(text.trim())) return false;
  return !/^\d{1,2}-\d{1,2}$/.test(text.trim());
}
