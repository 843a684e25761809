import type { FieldDefinition } from "./machine-definition.ts";
import { parseNumber } from "./parse-number.ts";
import { isSameWord, plainText } from "./plain-words.ts";
import { optionsOf } from "./show-value.ts";

/** Longest text that a field keeps, in characters. */
const longestText = 1000;

/** A value in its stored form, or why it was refused. */
export type FieldVerdict = { isValid: true; value: string | number | boolean } | {
  isValid: false;
  why: string;
};

/**
 * Reads a proposed value by the field's declaration: `"1.000"` as the integer 1000, a date as
 * `YYYY-MM-DD`, an option by its label, alias or with a typing slip.
 */
export function validateField(field: FieldDefinition, proposed: unknown): FieldVerdict {
  const value = typeof proposed === "string" ? cleanText(proposed).trim() : proposed;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return refuse("is not a text, number or boolean");
  }
  if (value === "") return refuse("is empty");
  switch (field.type) {
    case "string":
      return toText(value);
    case "integer":
    case "number":
      return toNumber(field, value);
    case "boolean":
      return toBoolean(value);
    case "date":
      return toDate(value);
    case "email":
      return toEmail(value);
    case "phone":
      return toPhone(value);
    case "enum":
      return toOption(field, value);
  }
}

/** The text as a database can store it: NUL and lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

type Scalar = string | number | boolean;

function accept(value: Scalar): FieldVerdict {
  return { isValid: true, value };
}

function refuse(why: string): FieldVerdict {
  return { isValid: false, why };
}

function toText(value: Scalar): FieldVerdict {
  if (typeof value === "boolean") return refuse("is not a text");
  const text = String(value);
  return text.length > longestText ? refuse(`is longer than ${longestText} characters`) : accept(text);
}

function toNumber(field: FieldDefinition, value: Scalar): FieldVerdict {
  if (typeof value === "boolean") return refuse("is not a number");
  const isInteger = field.type === "integer";
  const number = typeof value === "number" ? value : parseNumber(value, isInteger);
  if (number === null || !Number.isFinite(number)) return refuse("is not one clear number");
  if (isInteger && !Number.isSafeInteger(number)) return refuse("is not a whole number");
  if (field.min !== undefined && number < field.min) return refuse(`is less than ${field.min}`);
  if (field.max !== undefined && number > field.max) return refuse(`is more than ${field.max}`);
  return accept(number);
}

const yesWords = new Set(["true", "yes", "y", "si", "s", "sim", "1", "ok", "claro"]);
const noWords = new Set(["false", "no", "n", "nao", "0"]);

function toBoolean(value: Scalar): FieldVerdict {
  if (typeof value === "boolean") return accept(value);
  const word = plainText(String(value));
  if (yesWords.has(word)) return accept(true);
  return noWords.has(word) ? accept(false) : refuse("is neither yes nor no");
}

function toDate(value: Scalar): FieldVerdict {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|T)/.exec(String(value))?.[1];
  if (day === undefined) return refuse("is not a date in the form YYYY-MM-DD");
  const time = Date.parse(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (!isReal) return refuse("is not a day of the calendar");
  return day < "1900" || day > "2200" ? refuse("is not between 1900 and 2199") : accept(day);
}

function toEmail(value: Scalar): FieldVerdict {
  const address = String(value).replace(/^mailto:/i, "").toLowerCase();
  const isAddress = address.length <= 254 &&
    /^[\p{Letter}\p{Number}._%+'-]{1,64}@(?:[\p{Letter}\p{Number}-]{1,63}\.)+\p{Letter}{2,63}$/u.test(
      address,
    );
  return isAddress ? accept(address) : refuse("is not an email address");
}

/** E.164 allows at most 15 digits; fewer than 7 is no subscriber anywhere. */
function toPhone(value: Scalar): FieldVerdict {
  const written = String(value).replace(/^tel:/i, "");
  if (!/^[+\d\s().\/-]+$/.test(written)) return refuse("is not a phone number");
  const digits = written.replace(/\D/g, "");
  const isInternational = written.trimStart().startsWith("+") || digits.startsWith("00");
  const number = isInternational ? digits.replace(/^00/, "") : digits;
  if (number.length < 7 || number.length > 15) return refuse("has not 7 to 15 digits");
  return accept(isInternational ? `+${number}` : number);
}

function toOption(field: FieldDefinition, value: Scalar): FieldVerdict {
  const written = plainText(String(value));
  const names = optionsOf(field).map((option) => ({
    value: option.value,
    plain: [option.value, ...labelsOf(option.label), ...option.aliases].map(plainText),
  }));
  const rules: ((name: string) => boolean)[] = [
    (name) => name === written,
    (name) => isSameWord(written, name),
    (name) => ` ${written} `.includes(` ${name} `),
  ];
  for (const rule of rules) {
    const matches = names.filter(({ plain }) => plain.some((name) => name !== "" && rule(name)));
    if (matches.length > 1) return refuse(`could be ${matches.map((match) => match.value).join(" or ")}`);
    if (matches[0]) return accept(matches[0].value);
  }
  // Options such as "+" or "😀" have no letters to compare.
  const exact = names.find((name) => name.value === value);
  return exact ? accept(exact.value) : refuse(`is not one of ${names.map((name) => name.value).join(", ")}`);
}

function labelsOf(label: string | Record<string, string> | undefined): string[] {
  if (label === undefined) return [];
  return typeof label === "string" ? [label] : Object.values(label);
}
