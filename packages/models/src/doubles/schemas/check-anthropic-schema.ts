import { findOpenObject, type SchemaPart, walk } from "./walk.ts";

const keywords = new Set(
  ("type enum const properties required additionalProperties items minItems anyOf allOf $ref $defs definitions " +
    "description title default format pattern").split(" "),
);

/**
 * What Anthropic's structured output refuses in a schema.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function checkAnthropicSchema(schema: unknown): string | null {
  const parts = [...walk(schema)];
  for (const part of parts) {
    const problem = findOpenObject(part) ?? findProblem(part);
    if (problem) return problem;
  }
  const unions =
    parts.filter(({ schema }) =>
      "anyOf" in schema || (Array.isArray(schema["type"]) && schema["type"].length > 1)
    ).length;
  if (unions > 16) {
    return `Schemas contains too many parameters with union types (${unions} parameters with type arrays or anyOf)`;
  }
  const optional = parts.reduce((sum, part) => sum + countOptional(part), 0);
  return optional > 24 ? `Schemas contains too many optional parameters (${optional})` : null;
}

function findProblem({ schema, path }: SchemaPart): string | null {
  const foreign = Object.keys(schema).find((keyword) => !keywords.has(keyword));
  if (foreign) {
    return `For '${String(schema["type"])}' type, property '${foreign}' is not supported (${path})`;
  }
  const { minItems } = schema;
  return minItems === undefined || minItems === 0 || minItems === 1
    ? null
    : `For 'array' type, 'minItems' values other than 0 or 1 are not supported (${path})`;
}

function countOptional({ schema: { properties, required } }: SchemaPart): number {
  if (typeof properties !== "object" || properties === null) return 0;
  const listed = new Set(Array.isArray(required) ? required : []);
  return Object.keys(properties).filter((name) => !listed.has(name)).length;
}
