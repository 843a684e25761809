import { z } from "zod";

/** `HH:MM` on a 24-hour clock; `24:00` is the end of the day. */
const clockTime = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: "a time from 00:00 to 24:00 such as 09:30",
});

const day = z.iso.date({ error: "a day of the calendar in the form YYYY-MM-DD" });

const openRange = z.strictObject({
  /** First minute of the range. */
  from: clockTime,
  /** The minute in which people are gone again. */
  to: clockTime,
}).refine(({ from, to }) => from < to, {
  error: "a range that ends after it begins; one past midnight is two ranges, up to 24:00 and from 00:00",
});

const openDay = z.array(openRange).max(6).refine(
  (ranges) => ranges.every((one, index) => ranges.slice(index + 1).every((other) => areApart(one, other))),
  { error: "ranges that do not overlap" },
).default([]);

function areApart(one: { from: string; to: string }, other: { from: string; to: string }): boolean {
  return one.to <= other.from || other.to <= one.from;
}

/** When people of the tenant are there. */
export const officeHours = z.strictObject({
  /** IANA name, such as `America/Lima`; the tenant's own if absent. */
  time_zone: z.string().refine(isTimeZone, { error: "an IANA time zone such as America/Lima" }).optional(),
  /** Ranges of each weekday, on the clock of the place; a day without any is closed. */
  weekly: z.strictObject({
    monday: openDay,
    tuesday: openDay,
    wednesday: openDay,
    thursday: openDay,
    friday: openDay,
    saturday: openDay,
    sunday: openDay,
  }).prefault({}).refine((days) => Object.values(days).some((ranges) => ranges.length > 0), {
    error: "at least one open range in the week; leave office_hours out if people are always there",
  }),
  /** Days on which nobody is there, whatever the weekday says. */
  holidays: z.array(day).max(400).default([]).refine((days) => new Set(days).size === days.length, {
    error: "each holiday once",
  }),
});

/** Parsed form of {@linkcode officeHours}. */
export type OfficeHours = z.infer<typeof officeHours>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
