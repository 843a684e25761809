import type { FieldProfile } from "../field-profile.ts";
import { isAlike } from "../concepts.ts";
import { type MessageReading, overlaps } from "../message-reading.ts";
import type { Candidate, Focus } from "./candidate.ts";

/** Email addresses. */
export function readEmailField(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return reading.emails.map(({ text, start, end }) => ({
    value: text.toLowerCase(),
    start,
    end,
    strength: focus.isAsked ? 5 : 3,
  }));
}

/** Phone numbers. */
export function readPhoneField(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  return reading.phones.map(({ text, start, end }) => ({
    value: text,
    start,
    end,
    strength: focus.isAsked ? 5 : 2.5,
  }));
}

/** Tax ids, by their label or shape; any long number when one was asked for. */
export function readTaxIdField(_: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const found = reading.taxIds.map(({ text, start, end }) => ({
    value: text.toUpperCase(),
    start,
    end,
    strength: focus.isAsked ? 6 : 4,
  }));
  if (found.length > 0 || !focus.isAsked) return found;
  return reading.tokens.filter((token) => /\d.*\d.*\d.*\d.*\d/.test(token.word) && !token.word.includes("@"))
    .map((token) => ({
      value: token.text.toUpperCase(),
      start: token.start,
      end: token.end,
      strength: 4.5,
    }));
}

/** Codes such as policy or order numbers: letters and digits, named by a word of the field or asked for. */
export function readCodeField(profile: FieldProfile, reading: MessageReading, focus: Focus): Candidate[] {
  const codes = [
    ...reading.text.matchAll(/(?<![\p{L}\p{N}@.])[\p{L}\p{N}]+(?:[-/.][\p{L}\p{N}]+)*(?![\p{L}\p{N}@])/gu),
  ];
  return codes.filter(([code]) => /\d/.test(code) && code.length >= 4).map((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const before = reading.tokens.filter((other) => other.end <= start).slice(-4);
    const isNamed = before.some((other) =>
      profile.words.some((word) => word.length > 3 && isAlike(word, other.word))
    );
    const hasShape = /\p{L}/u.test(match[0]) && /\d{3}/.test(match[0]) || /^\d+-\d+/.test(match[0]);
    const isTime = overlaps({ start, end }, [...reading.times, ...reading.dates]);
    const strength = isTime ? 0 : focus.isAsked ? 3 + (hasShape ? 0.5 : 0) : isNamed ? 2.5 : hasShape ? 1 : 0;
    return { value: match[0].toUpperCase(), start, end, strength };
  });
}
