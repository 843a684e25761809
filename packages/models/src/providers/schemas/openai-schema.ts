import { closeObject } from "./close-object.ts";
import { type JsonSchema, typesOf, valuesOf, without } from "./json-schema.ts";
import { mapSchema } from "./map-schema.ts";
import { remembered } from "./remembered.ts";

/** Keywords that OpenAI's strict mode refuses; the engine checks them itself when it reads the answer. */
const refused = new Set(["$schema", "default", "minLength", "maxLength", "propertyNames", "title"]);

/**
 * The schema in the form that OpenAI's strict mode takes: closed objects, every property required, a type for
 * every value, no lengths of texts.
 *
 * @see https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
 */
export const openaiSchema = remembered((schema: JsonSchema): JsonSchema =>
  mapSchema(schema, (part) => closeObject(withType(without(part, refused))))
);

function withType(schema: JsonSchema): JsonSchema {
  const values = valuesOf(schema);
  if (!values || typesOf(schema).length > 0) return schema;
  const types = [...new Set(values.map((value) => value === null ? "null" : typeof value))];
  return { type: types.length === 1 ? types[0] : types, ...schema };
}
