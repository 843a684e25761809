import { closeObject } from "./close-object.ts";
import { type JsonSchema, valuesOf, without } from "./json-schema.ts";
import { mapSchema } from "./map-schema.ts";
import { remembered } from "./remembered.ts";

/** Keywords that Gemini does not know. */
const refused = new Set(["$schema", "default", "minLength", "maxLength", "propertyNames"]);

/**
 * The schema in the form that Gemini takes: values of an `enum` are texts, so "or nothing" becomes an alternative.
 *
 * @see https://ai.google.dev/gemini-api/docs/structured-output#json_schema_support
 */
export const geminiSchema = remembered((schema: JsonSchema): JsonSchema =>
  mapSchema(schema, (part) => closeObject(withoutNullValue(without(part, refused))))
);

function withoutNullValue(schema: JsonSchema): JsonSchema {
  const values = valuesOf(schema);
  if (!values) return schema;
  const { enum: _values, type: _type, ...rest } = schema;
  const texts = { type: "string", enum: values.filter((value) => value !== null) };
  return values.includes(null) ? { ...rest, anyOf: [texts, { type: "null" }] } : { ...rest, ...texts };
}
