/** A JSON value of which every string can be stored by Postgres. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; keys are as clean as values. */
export interface JsonObject {
  [key: string]: Json;
}

/** Levels that are kept. Real deliveries have about ten; Postgres and `JSON.stringify` overflow at thousands. */
const maxDepth = 64;

/**
 * Repairs what JSON can say and Postgres cannot store, deeply, in keys and values: NUL and lone surrogates become
 * U+FFFD, infinite numbers and everything below level 64 become `null`, keys named `__proto__` are left out.
 *
 * @param value What `JSON.parse` gave; never mutated.
 * @returns A copy.
 */
export function cleanJson(value: unknown): Json {
  return cleanLevel(value, maxDepth);
}

/** Whether a value is a JSON object, not an array. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function cleanLevel(value: unknown, levelsLeft: number): Json {
  switch (typeof value) {
    case "string":
      return cleanString(value);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "boolean":
      return value;
    case "object":
      if (value === null || levelsLeft === 0) return null;
      if (Array.isArray(value)) return value.map((item: unknown) => cleanLevel(item, levelsLeft - 1));
      return cleanObject(value, levelsLeft - 1);
    default:
      return null;
  }
}

function cleanObject(value: object, levelsLeft: number): JsonObject {
  const clean: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const cleanKey = cleanString(key);
    // Assigning to this key would change the prototype instead of adding a key.
    if (cleanKey !== "__proto__") clean[cleanKey] = cleanLevel(item, levelsLeft);
  }
  return clean;
}

function cleanString(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "\u{FFFD}") : wellFormed;
}
