import { type DateMention, type Moment, readDates } from "./read-dates.ts";
import { readEmails, readPhones, readTaxIds, readUrls, type Span } from "./contact-points.ts";
import { type Clause, readClauses } from "./read-clauses.ts";
import { type NumberMention, readNumbers } from "./read-numbers.ts";
import { readTimes, type TimeMention } from "./read-times.ts";
import { fold, tidy, type Token, tokenize } from "./text.ts";
import type { Language } from "./languages.ts";

/** One message of a contact with everything that was found in it. Spans are offsets in `text`. */
export interface MessageReading {
  text: string;
  folded: string;
  tokens: Token[];
  clauses: Clause[];
  emails: Span[];
  phones: Span[];
  taxIds: Span[];
  dates: DateMention[];
  /** The same days read as past ones. */
  pastDates: DateMention[];
  times: TimeMention[];
  numbers: NumberMention[];
  /** The button or row that was tapped. */
  tapId: string | undefined;
}

/** Longest text that is looked into, in characters: a sales message is shorter, noise is not worth the time. */
const longestText = 2000;

/** Reads one message; every later step works on this. */
export function readMessage(
  content: string,
  tapId: string | undefined,
  language: Language,
  moment: Moment,
): MessageReading {
  const text = tidy(content.slice(0, longestText).replace(/\n+/g, ". ").replace(/([.!?,;])\. /g, "$1 "));
  const emails = readEmails(text);
  const urls = readUrls(text);
  const taxIds = readTaxIds(text);
  const times = readTimes(text).filter((time) => !overlaps(time, taxIds));
  const dates = withoutTimes(readDates(text, language, moment), times);
  const pastDates = dates.length > 0 || /\d|ag|ante|pasad|last|on|ha/i.test(text)
    ? withoutTimes(readDates(text, language, moment, "behind"), times)
    : [];
  const phones = readPhones(text).filter((phone) => !overlaps(phone, [...dates, ...urls]));
  const taken = [...emails, ...urls, ...taxIds, ...phones.filter(isSurelyPhone), ...dates, ...times];
  return {
    text,
    folded: fold(text),
    tokens: tokenize(text),
    clauses: readClauses(text),
    emails,
    phones,
    taxIds,
    dates,
    pastDates,
    times,
    numbers: readNumbers(text, taken),
    tapId,
  };
}

/** "Friday at 3pm" names a day and a time, which are two facts. */
function withoutTimes(dates: DateMention[], times: TimeMention[]): DateMention[] {
  return dates.map((date) => {
    const time = times.find((each) => each.start > date.start && each.start < date.end);
    return time ? { ...date, end: time.start } : date;
  });
}

/** Seven or eight bare digits may as well be an amount. */
function isSurelyPhone({ text }: Span): boolean {
  return /\D/.test(text.trim()) || text.length >= 9;
}

/** Whether a span shares a character with one of the others. */
export function overlaps(
  span: { start: number; end: number },
  others: { start: number; end: number }[],
): boolean {
  return others.some((other) => span.start < other.end && other.start < span.end);
}

/** The clause in which a span begins. */
export function clauseAt(reading: MessageReading, start: number): Clause | undefined {
  return reading.clauses.find((clause) => clause.start <= start && start < clause.end);
}
