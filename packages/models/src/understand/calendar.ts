/** A day and minute on the clock of a place, without a time zone. `month` counts from 1. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What the clock on the wall shows in a time zone at an instant.
 *
 * @param now ISO 8601.
 * @param timeZone IANA name; an unknown one is read as UTC.
 */
export function wallClock(now: string, timeZone: string): WallClock {
  const parts = new Map(
    formatOf(timeZone).formatToParts(new Date(now)).map((part) => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0);
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour") % 24,
    minute: number("minute"),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options: Intl.DateTimeFormatOptions = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    format = new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
  formats.set(timeZone, format);
  return format;
}

/** `2026-12-15`; days and months out of range carry over, as in `isoDate(2026, 12, 35)`. */
export function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The day so many days after a wall clock's. */
export function addDays(clock: WallClock, days: number): string {
  return isoDate(clock.year, clock.month, clock.day + days);
}

/** Day of the week, Sunday is 0. */
export function weekdayOf(clock: WallClock): number {
  return new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay();
}
