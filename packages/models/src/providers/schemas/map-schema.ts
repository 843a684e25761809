import { alternativesOf, itemsOf, type JsonSchema, propertiesOf } from "./json-schema.ts";

/**
 * Rewrites a schema from the leaves up: each part is given to `rewrite` when the parts below it are done.
 * Pure; the order of keys is kept, so the same schema always becomes the same bytes.
 */
export function mapSchema(schema: JsonSchema, rewrite: (part: JsonSchema) => JsonSchema): JsonSchema {
  const items = itemsOf(schema);
  const alternatives = alternativesOf(schema).map((each) => mapSchema(each, rewrite));
  const properties = Object.entries(propertiesOf(schema)).map(([name, each]) => [
    name,
    mapSchema(each, rewrite),
  ]);
  const { oneOf: _oneOf, ...rest } = schema;
  return rewrite({
    ...rest,
    ...(properties.length > 0 ? { properties: Object.fromEntries(properties) } : {}),
    ...(items ? { items: mapSchema(items, rewrite) } : {}),
    ...(alternatives.length > 0 ? { anyOf: alternatives } : {}),
  });
}
