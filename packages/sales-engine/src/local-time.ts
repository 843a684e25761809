const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as a clock and a calendar on the wall show it. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** In English, such as `Saturday`. */
  weekday: string;
  /** `HH:MM`, 0 to 24 hours. */
  time: string;
}

/**
 * The moment at a place.
 *
 * @param now ISO 8601.
 * @param timeZone IANA name, such as `America/Lima`; one that is not known counts as UTC.
 */
export function localTime(now: string, timeZone: string): LocalTime {
  const parts = new Map(
    formatFor(timeZone).formatToParts(new Date(now)).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return {
    date: `${part("year")}-${part("month")}-${part("day")}`,
    weekday: part("weekday"),
    time: `${part("hour")}:${part("minute")}`,
  };
}

/** Making a format costs more than a whole turn, so each time zone has one. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    weekday: "long",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  };
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
}
