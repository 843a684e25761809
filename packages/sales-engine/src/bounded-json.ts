import { cleanText } from "./validate-field.ts";

/** Cuts a text to what a column and a reader can bear, in a form that a database can store. */
export function boundedText(text: string, maxLength: number): string {
  return cleanText(text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text);
}

/** A proposed value as evidence: itself if it is short, plain and storable, else the beginning of its JSON. */
export function boundedValue(value: unknown): unknown {
  if (typeof value === "string") return boundedText(value, 200);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value === null || typeof value === "boolean") return value;
  return boundedText(toJson(value), 200);
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Cycles and big integers can't come from a wire, but a model in the same process may hand them over.
    return typeof value;
  }
}
