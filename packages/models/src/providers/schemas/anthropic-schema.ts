import { closeObject } from "./close-object.ts";
import { alternativesOf, itemsOf, type JsonSchema, propertiesOf, typesOf, without } from "./json-schema.ts";
import { mapSchema } from "./map-schema.ts";
import { remembered } from "./remembered.ts";

/** Keywords that Anthropic refuses; the engine checks them itself when it reads the answer. */
const refused = new Set([
  "$schema",
  "default",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "maxItems",
  "propertyNames",
]);

/** Properties with several types (`anyOf`, or a list in `type`) that one schema may have. */
const mostUnions = 16;
/** Properties that one schema may leave out of `required`. */
const mostOptional = 24;

/**
 * The schema in the form that Anthropic's structured output takes: closed objects without bounds. It allows 16
 * properties that may be one type or another; a machine with more fields than that has the rest of them optional
 * in place of "or null", which says the same.
 *
 * @returns `null` if the schema is beyond what Anthropic takes; then only the prompt tells the form of the answer.
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export const anthropicSchema = remembered((schema: JsonSchema): JsonSchema | null => {
  const plain = mapSchema(schema, (part) => closeObject(withFewItems(without(part, refused))));
  const excess = countUnions(plain) - mostUnions;
  if (excess <= 0) return plain;
  return excess <= mostOptional ? withOptionalFields(plain, excess) : null;
});

/** Only "none or more" and "one or more" can be said of a list. */
function withFewItems(schema: JsonSchema): JsonSchema {
  const { minItems, ...rest } = schema;
  return typeof minItems === "number" && minItems >= 1 ? { ...rest, minItems: 1 } : rest;
}

function countUnions(schema: JsonSchema): number {
  const alternatives = alternativesOf(schema);
  const items = itemsOf(schema);
  const below = [...Object.values(propertiesOf(schema)), ...alternatives, ...(items ? [items] : [])];
  const own = alternatives.length > 0 || typesOf(schema).length > 1 ? 1 : 0;
  return below.reduce((sum, each) => sum + countUnions(each), own);
}

/** As many nullable properties as are too many become optional instead, the last of each object first. */
function withOptionalFields(schema: JsonSchema, excess: number): JsonSchema {
  let left = excess;
  return mapSchema(schema, (part) => {
    const names = left > 0 ? nullable(part).slice(-left) : [];
    left -= names.length;
    return names.length > 0 ? makeOptional(part, new Set(names)) : part;
  });
}

function nullable(schema: JsonSchema): string[] {
  return Object.entries(propertiesOf(schema))
    .filter(([, each]) => typesOf(each).length === 2 && typesOf(each).includes("null"))
    .map(([name]) => name);
}

function makeOptional(schema: JsonSchema, optional: ReadonlySet<string>): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, each]) => [
    name,
    optional.has(name) ? { ...each, type: typesOf(each).find((type) => type !== "null") } : each,
  ]);
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => String(name)).filter((name) => !optional.has(name)),
  };
}
