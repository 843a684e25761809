import { findOpenObject, type SchemaPart, walk } from "./walk.ts";

const keywords = new Set(
  ("type enum const properties required additionalProperties items anyOf $ref $defs description title pattern " +
    "format multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems").split(" "),
);

/**
 * What OpenAI's strict mode refuses in a schema.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
 */
export function checkOpenaiSchema(schema: unknown): string | null {
  const parts = [...walk(schema)];
  const [root] = parts;
  if (root?.schema["type"] !== "object") return "schema must be of type 'object' at the root";
  if (parts.length > 5_000) return "more than 5000 properties";
  for (const part of parts) {
    const problem = findOpenObject(part) ?? findProblem(part);
    if (problem) return problem;
  }
  return null;
}

function findProblem({ schema, path, depth }: SchemaPart): string | null {
  if (depth > 10) return `In ${path}, more than 10 levels of nesting`;
  const foreign = Object.keys(schema).find((keyword) => !keywords.has(keyword));
  if (foreign) return `In ${path}, '${foreign}' is not permitted`;
  if (!("type" in schema) && !("anyOf" in schema) && !("$ref" in schema)) {
    return `In ${path}, schema must have a 'type' key`;
  }
  const { properties, required } = schema;
  if (typeof properties !== "object" || properties === null) return null;
  const listed = new Set(Array.isArray(required) ? required : []);
  const missing = Object.keys(properties).find((name) => !listed.has(name));
  return missing === undefined
    ? null
    : `In ${path}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'`;
}
