import { walk } from "./walk.ts";

const keywords = new Set(
  ("$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum " +
    "anyOf oneOf properties additionalProperties required propertyOrdering").split(" "),
);

/**
 * What Gemini refuses in a schema.
 *
 * @see https://ai.google.dev/gemini-api/docs/structured-output#json_schema_support
 */
export function checkGeminiSchema(schema: unknown): string | null {
  for (const { schema: part, path } of walk(schema)) {
    const foreign = Object.keys(part).find((keyword) => !keywords.has(keyword));
    if (foreign) return `Unknown name "${foreign}" at '${path}': Cannot find field.`;
    const values = part["enum"];
    if (Array.isArray(values) && values.some((value) => typeof value !== "string")) {
      return `Invalid value at '${path}.enum' (TYPE_STRING)`;
    }
  }
  return null;
}
