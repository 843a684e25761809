import { localTime } from "../local-time.ts";
import type { OfficeHours } from "./office-hours.ts";

/** Days that are looked ahead for the next opening: a fortnight of holidays and then some. */
const horizonDays = 30;
const dayMs = 86_400_000;

/**
 * Whether people are there at a moment.
 *
 * @param hours `null`: always.
 * @param at ISO 8601.
 * @param timeZone The tenant's, where the hours name none.
 */
export function isOpenAt(hours: OfficeHours | null, at: string, timeZone: string): boolean {
  if (hours === null) return true;
  const { date, weekday, time } = localTime(at, hours.time_zone ?? timeZone);
  return rangesOf(hours, date, weekday).some(({ from, to }) => from <= time && time < to);
}

/** When people are there again, on the clock and calendar of the place. */
export interface Opening {
  /** `YYYY-MM-DD`. */
  date: string;
  /** `HH:MM`. */
  time: string;
  isToday: boolean;
}

/**
 * The next moment at which people come back.
 *
 * @returns `null` if nobody comes in the next 30 days.
 */
export function nextOpening(hours: OfficeHours, at: string, timeZone: string): Opening | null {
  const now = localTime(at, hours.time_zone ?? timeZone);
  // Calendar days are counted in UTC, where each has 24 hours.
  const today = Date.parse(`${now.date}T00:00:00Z`);
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const { date, weekday } = localTime(new Date(today + ahead * dayMs).toISOString(), "UTC");
    const [first] = rangesOf(hours, date, weekday).map(({ from }) => from)
      .filter((from) => ahead > 0 || from > now.time).sort();
    if (first !== undefined) return { date, time: first, isToday: ahead === 0 };
  }
  return null;
}

function rangesOf({ weekly, holidays }: OfficeHours, date: string, weekday: string) {
  if (holidays.includes(date)) return [];
  const name = weekday.toLowerCase();
  return isWeekday(weekly, name) ? weekly[name] : [];
}

function isWeekday(weekly: OfficeHours["weekly"], name: string): name is keyof OfficeHours["weekly"] {
  return Object.hasOwn(weekly, name);
}
