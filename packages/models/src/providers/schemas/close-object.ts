import { type JsonSchema, propertiesOf, typesOf } from "./json-schema.ts";

/** Every vendor's strict mode wants objects whose properties are all listed, and no others. */
export function closeObject(schema: JsonSchema): JsonSchema {
  if (!typesOf(schema).includes("object")) return schema;
  const properties = propertiesOf(schema);
  return { ...schema, properties, required: Object.keys(properties), additionalProperties: false };
}
