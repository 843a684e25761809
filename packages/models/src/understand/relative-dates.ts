import { addDays, isoDate, type WallClock, weekdayOf } from "./calendar.ts";
import { numberWord } from "./number-words.ts";

/** A way of naming a day that the date library does not know, in folded text. */
interface Idiom {
  /** Left out when the day lies behind. */
  isAheadOnly?: boolean;
  pattern: RegExp;
  /** The day as `YYYY-MM-DD`, or `null` if it makes no sense. */
  read(match: RegExpMatchArray, clock: WallClock): string | null;
}

const weekdays: readonly RegExp[] = [
  /dom(?:ingo)?|sunday/,
  /lunes|segunda(?:[- ]feira)?|monday/,
  /martes|terca(?:[- ]feira)?|tuesday/,
  /miercoles|quarta(?:[- ]feira)?|wednesday/,
  /jueves|quinta(?:[- ]feira)?|thursday/,
  /viernes|sexta(?:[- ]feira)?|friday/,
  /sabado|saturday/,
];
const anyWeekday = `(${weekdays.map((weekday) => weekday.source).join("|")})`;
const count = "(\\d{1,3}|[a-z]+)";
const nextWeek =
  "(?:(?:la |a )?(?:semana que (?:viene|vem)|(?:proxima|siguiente) semana|semana (?:proxima|siguiente|entrante))|(?:the )?(?:next week|week after this))";

/** Ordered: the first that matches wins, so the longer idiom comes first. */
const idioms: readonly Idiom[] = [
  {
    pattern: /\b(?:pasado manana|depois de amanha|(?:the )?day after tomorrow)\b/g,
    read: (_, clock) => addDays(clock, 2),
  },
  {
    pattern: new RegExp(`\\b(?:el |la |o |a |on )?${anyWeekday} (?:de |da |of )?${nextWeek}\\b`, "g"),
    read: (match, clock) => inNextWeek(weekdayIn(match[0]), clock),
  },
  {
    pattern: new RegExp(`\\b${nextWeek}[, ]+(?:el |la |o |a |na |no |on )?${anyWeekday}\\b`, "g"),
    read: (match, clock) => inNextWeek(weekdayIn(match[0]), clock),
  },
  {
    isAheadOnly: true,
    pattern: new RegExp(
      `\\b${anyWeekday},? (?:el |the |dia )?(\\d{1,2})(?:st|nd|rd|th)?(?!\\d| ?(?:de |/|:|h\\b|am|pm|of ))`,
      "g",
    ),
    read: (match, clock) => nextDayOfMonth(Number(match.at(-1)), clock),
  },
  { pattern: new RegExp(`\\b${nextWeek}\\b`, "g"), read: (_, clock) => inNextWeek(1, clock) },
  {
    pattern:
      /\b(?:(?:este |el |al |no |neste |no proximo )?(?:fin de semana|finde|fim de semana|final de semana)|(?:this |the |on the )?weekend)\b/g,
    read: (_, clock) => addDays(clock, (6 - weekdayOf(clock) + 7) % 7),
  },
  {
    pattern:
      /\b(?:(?:a )?(?:fin(?:es)?|final(?:es)?) de(?:l| este)? mes|(?:o )?(?:fim|final) d(?:e|o|este) mes|(?:the )?end of (?:the |this )?month)\b/g,
    read: (_, clock) => isoDate(clock.year, clock.month + 1, 0),
  },
  {
    pattern: /\b(?:(?:el |o )?(?:mes que (?:viene|vem)|proximo mes)|next month)\b/g,
    read: (_, clock) => isoDate(clock.year, clock.month + 1, 1),
  },
  {
    pattern: new RegExp(
      `\\b(?:en|dentro de|de aqui a|em|daqui a|dentro de|in|within)(?: unos| unas| uns| umas| about)? ${count} (dias?|days?|semanas?|weeks?|meses|mes|months?)\\b`,
      "g",
    ),
    read: (match, clock) => ahead(match[1] ?? "", match[2] ?? "", clock),
  },
  {
    pattern: new RegExp(
      `\\b${count} (dias?|days?|semanas?|weeks?|meses|mes|months?) (?:from now|from today|a partir de hoje)\\b`,
      "g",
    ),
    read: (match, clock) => ahead(match[1] ?? "", match[2] ?? "", clock),
  },
  {
    pattern: /\b(?:anteayer|antes de ayer|anteontem|(?:the )?day before yesterday)\b/g,
    read: (_, clock) => addDays(clock, -2),
  },
  { pattern: /\b(?:ayer|ontem|yesterday|anoche|last night)\b/g, read: (_, clock) => addDays(clock, -1) },
  {
    pattern: new RegExp(
      `\\b(?:hace|ha|faz)(?: unos| uns| umas)? ${count} (dias?|semanas?|meses|mes)\\b`,
      "g",
    ),
    read: (match, clock) => ahead(match[1] ?? "", match[2] ?? "", clock, -1),
  },
  {
    pattern: new RegExp(`\\b${count} (dias?|semanas?|mes(?:es)?|days?|weeks?|months?) (?:atras|ago)\\b`, "g"),
    read: (match, clock) => ahead(match[1] ?? "", match[2] ?? "", clock, -1),
  },
  {
    pattern:
      /\b(?:lo antes posible|cuanto antes|o quanto antes|o mais rapido possivel|as soon as possible|asap|hoy mismo|hoje mesmo)\b/g,
    read: (_, clock) => addDays(clock, 0),
  },
  {
    isAheadOnly: true,
    pattern:
      /\b(?:(?:para |pro |no |the |on |el |o )*dia|(?:para )?el|(?:on |by |for )?the) (\d{1,2})(?:st|nd|rd|th|º)?(?=$|[ ,.!?]*$|[,.!?] | (?:a las|as|at|por|pela|de la|da)\b)/g,
    read: (match, clock) => nextDayOfMonth(Number(match[1]), clock),
  },
];

/** A day that was named in a text. */
export interface RelativeDate {
  date: string;
  start: number;
  end: number;
}

/** Finds days named by idioms such as "semana que viene", "daqui a 3 dias" and "end of the month". */
export function readRelativeDates(
  folded: string,
  clock: WallClock,
  direction: "ahead" | "behind" = "ahead",
): RelativeDate[] {
  const found: RelativeDate[] = [];
  for (const idiom of idioms) {
    if (idiom.isAheadOnly && direction === "behind") continue;
    for (const match of folded.matchAll(idiom.pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.end && other.start < end)) continue;
      const date = idiom.read(match, clock);
      if (date) found.push({ date, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function weekdayIn(text: string): number {
  return weekdays.findIndex((weekday) => new RegExp(`\\b(?:${weekday.source})\\b`).test(text));
}

/** Weeks begin on Monday; Sunday is their last day. */
function inNextWeek(weekday: number, clock: WallClock): string {
  const sinceMonday = (weekdayOf(clock) + 6) % 7;
  return addDays(clock, 7 - sinceMonday + (weekday + 6) % 7);
}

function ahead(amount: string, unit: string, clock: WallClock, sign: 1 | -1 = 1): string | null {
  const word = numberWord(amount);
  const size = /^\d+$/.test(amount) ? Number(amount) : word?.kind === "unit" ? word.value : null;
  if (size === null) return null;
  const value = size * sign;
  if (/^(?:dia|day)/.test(unit)) return addDays(clock, value);
  if (/^(?:semana|week)/.test(unit)) return addDays(clock, value * 7);
  return isoDate(clock.year, clock.month + value, clock.day);
}

function nextDayOfMonth(day: number, clock: WallClock): string | null {
  if (day < 1 || day > 31) return null;
  for (let month = clock.month + (day < clock.day ? 1 : 0);; month++) {
    const date = isoDate(clock.year, month, day);
    if (Number(date.slice(8)) === day) return date;
  }
}
