/** Longest content kept for lists and turns, in UTF-16 units: what a person can send from the phone app. */
const maxContentLength = 65_536;

/** Longest name of a person that is kept, in UTF-16 units. */
const maxNameLength = 200;

// Control characters, and the invisible ones that turn the direction of a line and so disguise a name.
const disguises = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\u061C\uFEFF]+/gu;

/** Anything but joiners and spaces. */
const visible = /[^\p{Cf}\p{Z}]/u;

/** Shortens a well-formed text without cutting a character in half. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const lastUnit = text.charCodeAt(maxLength - 1);
  const cutsAPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
  return text.slice(0, cutsAPair ? maxLength - 1 : maxLength);
}

/** Shortens the text of a message to what is kept in `content`; its payload keeps all of it. */
export function truncateContent(text: string): string {
  return truncate(text, maxContentLength);
}

/**
 * Makes a name that people chose for themselves safe to show in one line.
 *
 * @returns The name on one line, at most 200 long, or `undefined` if nothing is left of it.
 */
export function cleanName(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const line = name.replace(disguises, " ").replace(/\s+/gu, " ").trim();
  return visible.test(line) ? truncate(line, maxNameLength).trimEnd() : undefined;
}
