/** Meta's clock may run ahead of ours by this much, in milliseconds. */
const clockSkewMs = 10 * 60_000;

/** 1 January 2009: nothing was written on WhatsApp before it existed. */
const earliestMs = Date.UTC(2009, 0, 1);

/**
 * Reads Meta's time: seconds since 1970, as a string.
 *
 * A time in the future would keep the reply window open too long, so whatever is not a believable time of the past is
 * replaced by the time of arrival.
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
