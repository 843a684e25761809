/** A number with its separators; a space or apostrophe only between groups of three digits. */
const numbers = /[-+]?\d+(?:(?:[.,]\d+)|(?:[ \u00a0']\d{3}(?!\d)))*/g;

/**
 * Reads a number as people write it: `400`, `1.000`, `1,234.56`, `12,5`.
 *
 * @param isInteger Takes a single group of three after `.` or `,` as thousands: `1.500` is 1500.
 * @returns The number; `null` if there is none, more than one, or if `1.500` could mean two things.
 */
export function parseNumber(text: string, isInteger: boolean): number | null {
  const found = text.match(numbers)?.map((part) => part.replace(/['\u00a0 ]/g, "").replace(/[.,]+$/, ""));
  const [digits, ...others] = found ?? [];
  if (digits === undefined || others.length > 0) return null;
  const separators = [...digits.matchAll(/[.,]/g)].map((match) => match[0]);
  const [first] = separators;
  const last = separators.at(-1);
  if (first === undefined || last === undefined) return finite(digits);
  if (first !== last) return finite(digits.replaceAll(first, "").replace(last, "."));
  if (separators.length > 1) return isGrouped(digits, first) ? finite(digits.replaceAll(first, "")) : null;
  if (!isGrouped(digits, first)) return finite(digits.replace(first, "."));
  return isInteger ? finite(digits.replace(first, "")) : null;
}

function isGrouped(digits: string, separator: string): boolean {
  const [head, ...groups] = digits.replace(/^[-+]/, "").split(separator);
  return /^[1-9]\d{0,2}$/.test(head ?? "") && groups.every((group) => group.length === 3);
}

function finite(digits: string): number | null {
  const value = Number(digits);
  return Number.isFinite(value) ? value : null;
}
