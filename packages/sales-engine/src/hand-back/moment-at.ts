import { localTime } from "../local-time.ts";

const minuteMs = 60_000;

/**
 * The moment at which a clock at a place shows a day and a time.
 *
 * @param now ISO 8601; the day is counted from the local date of this moment.
 * @param days Days after that date.
 * @param time Minutes since midnight, local.
 * @returns ISO 8601. A time that a change of clocks leaves out is moved by what the clocks moved.
 */
export function momentAt(now: string, timeZone: string, days: number, time: number): string {
  const today = Date.parse(`${localTime(now, timeZone).date}T00:00:00Z`);
  const wanted = today + (days * 24 * 60 + time) * minuteMs;
  const first = wanted - offsetAt(wanted, timeZone);
  return new Date(wanted - offsetAt(first, timeZone)).toISOString();
}

/** How far local clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const { date, time } = localTime(new Date(moment).toISOString(), timeZone);
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(moment / minuteMs) * minuteMs;
}
