/**
 * The clock of this process may be behind by this much, in milliseconds. A time that is in the database's own future counts
 * as its present there, so what is let through here opens no window for longer.
 */
const clockSkewMs = 48 * 3_600_000;

/** 1 January 2009: nothing was written on WhatsApp before it existed. */
const earliestMs = Date.UTC(2009, 0, 1);

/**
 * Reads Meta's time: seconds since 1970, as a string.
 *
 * Whatever is not a believable time is replaced by the time of arrival.
 *
 * @param seconds As sent; numbers are welcome too.
 * @param now When the delivery arrived.
 * @returns ISO 8601.
 */
export function readTimestamp(seconds: unknown, now: Date): string {
  const milliseconds = toNumber(seconds) * 1000;
  const isBelievable = milliseconds >= earliestMs && milliseconds <= now.getTime() + clockSkewMs;
  return isBelievable ? new Date(milliseconds).toISOString() : now.toISOString();
}

function toNumber(seconds: unknown): number {
  if (typeof seconds === "number") return seconds;
  return typeof seconds === "string" && /^\d{1,15}$/.test(seconds) ? Number(seconds) : NaN;
}
