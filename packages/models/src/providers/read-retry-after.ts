/**
 * When a provider wants to be asked again, in milliseconds from now. Knows `retry-after-ms` (OpenAI, Anthropic)
 * and `retry-after` in seconds or as a date (RFC 9110 §10.2.3).
 *
 * @returns Never negative; `undefined` if the headers say nothing that can be read.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = readNumber(headers.get("retry-after-ms"));
  if (exact !== undefined) return exact;
  const value = headers.get("retry-after");
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  // Other texts than a date with its weekday can look like a year.
  const at = value !== null && /^\s*[a-z]{3}, /i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

function readNumber(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
