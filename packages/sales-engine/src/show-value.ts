import type { FieldDefinition, OptionDefinition } from "./machine-definition.ts";
import { baseLanguage, textIn } from "./localized-text.ts";

const yes: Record<string, string> = { es: "sí", en: "yes", pt: "sim" };
const no: Record<string, string> = { es: "no", en: "no", pt: "não" };
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

/** One allowed value of an enum, with nothing left out. */
export interface FieldOption {
  value: string;
  /** What customers read, by language or for all. */
  label: Exclude<OptionDefinition, string>["label"];
  aliases: string[];
}

/** The allowed values of a field; empty unless it is an enum. */
export function optionsOf(field: FieldDefinition): FieldOption[] {
  return (field.options ?? []).map((option) =>
    typeof option === "string"
      ? { value: option, label: undefined, aliases: [] }
      : { ...option, label: option.label }
  );
}

/** A collected value as a customer reads it: dates and numbers in words of the language, labels for options. */
export function showValue(
  field: FieldDefinition,
  value: unknown,
  language: string,
  fallbacks: string[] = [],
): string {
  if (field.type === "boolean") return (value === true ? yes : no)[baseLanguage(language)] ?? String(value);
  if (field.type === "date" && typeof value === "string") return showDate(value, language);
  if (typeof value === "number") return formatOf(numberFormats, language, makeNumberFormat).format(value);
  const option = optionsOf(field).find((each) => each.value === value);
  return option?.label === undefined ? String(value) : textIn(option.label, language, fallbacks);
}

/** A day in words of the language, such as `lunes, 30 de noviembre`. */
export function showDate(value: string, language: string): string {
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) ? value : formatOf(dateFormats, language, makeDateFormat).format(time);
}

/** Making a format costs more than a whole turn, so each language has one. */
function formatOf<Format>(
  formats: Map<string, Format>,
  language: string,
  make: (language: string) => Format,
): Format {
  const known = formats.get(baseLanguage(language));
  if (known) return known;
  const made = make(baseLanguage(language));
  formats.set(baseLanguage(language), made);
  return made;
}

function makeDateFormat(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(supported(language), {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
}

function makeNumberFormat(language: string): Intl.NumberFormat {
  return new Intl.NumberFormat(supported(language), { maximumFractionDigits: 4, useGrouping: "min2" });
}

function supported(language: string): string {
  return /^[a-z]{2,3}$/.test(language) ? language : "en";
}
