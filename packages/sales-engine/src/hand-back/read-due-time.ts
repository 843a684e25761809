import { localTime } from "../local-time.ts";
import { plainText } from "../plain-words.ts";
import { momentAt } from "./moment-at.ts";

/** Minutes since midnight that parts of a day stand for. */
const partsOfDay: [RegExp, number][] = [
  [
    /\b(?:primera hora|first thing|primeira hora|(?:por|en|de|in|na|pela|de) (?:la |the |a )?(?:manana|morning|manha))\b/,
    9 * 60,
  ],
  [/\b(?:mediodia|medio dia|noon|midday|meio dia)\b/, 12 * 60],
  [/\b(?:tarde|afternoon)\b/, 15 * 60],
  [/\b(?:noche|evening|tonight|noite)\b/, 19 * 60],
];
/** What a day without a time means, and until when "today" is. */
const usualTime = 10 * 60;
const endOfDay = 18 * 60;

const weekdays: Record<string, number> = {
  domingo: 0,
  sunday: 0,
  lunes: 1,
  monday: 1,
  segunda: 1,
  martes: 2,
  tuesday: 2,
  terca: 2,
  miercoles: 3,
  wednesday: 3,
  quarta: 3,
  jueves: 4,
  thursday: 4,
  quinta: 4,
  viernes: 5,
  friday: 5,
  sexta: 5,
  sabado: 6,
  saturday: 6,
};
/** Portuguese weekdays are ordinals as well, in Portuguese and in Spanish: "la segunda cotización" is no Monday. */
const weekdayNames = new RegExp(
  `\\b(?<!\\b(?:la|una|su|tu|mi|uma|sua|minha) (?=segunda|terca|quarta|quinta|sexta))(?:${
    Object.keys(weekdays).join("|")
  })\\b`,
);

const amounts: Record<string, number> = {
  un: 1,
  una: 1,
  uma: 1,
  um: 1,
  a: 1,
  an: 1,
  media: 0.5,
  meia: 0.5,
  half: 0.5,
  dos: 2,
  two: 2,
  duas: 2,
  dois: 2,
  tres: 3,
  three: 3,
};
const unitMinutes: [RegExp, number][] = [[/^min/, 1], [/^(?:h|hour)/, 60], [/^(?:d)/, 24 * 60], [
  /^(?:semana|week)/,
  7 * 24 * 60,
]];

/**
 * When something that was said is due: "mañana a las 10", "in two hours", "na sexta de manhã". A day without a time is
 * 10:00, today without a time 18:00.
 *
 * @param now ISO 8601: when it was said.
 * @param timeZone IANA name of where it was said.
 * @returns ISO 8601, or `null` where no time is named. Never before `now`.
 */
export function readDueTime(text: string, now: string, timeZone: string): string | null {
  const words = plainText(text);
  const span = readSpan(words);
  if (span !== null) return new Date(Date.parse(now) + span * 60_000).toISOString();
  const day = readDay(words, now, timeZone);
  const time = readTime(words);
  if (day === null && time === null) return null;
  const due = momentAt(now, timeZone, day ?? 0, time ?? (day ? usualTime : endOfDay));
  if (Date.parse(due) > Date.parse(now)) return due;
  // "At 9", said at 10, is tomorrow; "today", said at night, is within the hour.
  return day === null
    ? momentAt(now, timeZone, 1, time ?? usualTime)
    : new Date(Date.parse(now) + 60 * 60_000).toISOString();
}

/** "En dos horas", "in 15 minutes", "em uma semana", in minutes. */
function readSpan(words: string): number | null {
  const found =
    /\b(?:en|in|em|dentro de|within|daqui a)(?: unos| unas| about| uns| umas)? (\d{1,3}|[a-z]+)(?: an?)? (min|minutos?|minutes?|h|horas?|hours?|dias?|days?|semanas?|weeks?)\b/
      .exec(words);
  const [, amount = "", unit = ""] = found ?? [];
  const number = /^\d+$/.test(amount) ? Number(amount) : amounts[amount];
  const minutes = unitMinutes.find(([pattern]) => pattern.test(unit))?.[1];
  return number === undefined || minutes === undefined ? null : number * minutes;
}

/** Days from today. */
function readDay(words: string, now: string, timeZone: string): number | null {
  if (/\b(?:pasado manana|depois de amanha|day after tomorrow)\b/.test(words)) return 2;
  // "Por la mañana" is a time, "mañana" a day.
  if (/(?<!\b(?:la|de|por) )\bmanana\b|\b(?:tomorrow|amanha)\b/.test(words)) return 1;
  const today = new Date(`${localTime(now, timeZone).date}T00:00:00Z`);
  const weekday = weekdays[weekdayNames.exec(words)?.[0] ?? ""];
  if (weekday !== undefined) return (weekday - today.getUTCDay() + 6) % 7 + 1;
  if (/\b(?:(?:proxima|next) (?:semana|week)|semana que (?:viene|vem))\b/.test(words)) return 7;
  return /\b(?:hoy|today|hoje|tonight|esta (?:tarde|noche|noite)|this (?:afternoon|evening))\b/.test(words)
    ? 0
    : null;
}

/** Minutes since midnight. */
function readTime(words: string): number | null {
  const found =
    /\b(?:a las?|at|as|tipo|sobre las) (\d{1,2})(?: (\d{2})(?! ?(?:min|hor)))?(?: ?(am|pm|a m|p m|h|hs|horas))?\b|\b(\d{1,2})(?: (\d{2}))? ?(am|pm|h|hs)\b/
      .exec(words);
  const part = partsOfDay.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  if (!found) return part;
  const hour = Number(found[1] ?? found[4]);
  const minute = Number(found[2] ?? found[5] ?? 0);
  const half = (found[3] ?? found[6] ?? "").replace(" ", "");
  if (hour > 23 || minute > 59) return part;
  const isAfternoon = half === "pm" || half !== "am" && (part !== null && part >= 12 * 60 ||
        part === null && !/^h/.test(half) && hour >= 1 && hour <= 7);
  return (hour % 24 + (isAfternoon && hour < 12 ? 12 : 0)) * 60 + minute;
}
