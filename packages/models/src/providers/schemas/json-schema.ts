import { z } from "zod";

/** A JSON schema, or a part of one. */
export type JsonSchema = Record<string, unknown>;

const jsonSchema = z.record(z.string(), z.unknown());
const parts = z.record(z.string(), jsonSchema);

/** The schemas below `properties`, by name; none if there are none. */
export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return parts.catch({}).parse(schema["properties"]);
}

/** The alternatives of `anyOf` or `oneOf`; none if there are none. */
export function alternativesOf(schema: JsonSchema): JsonSchema[] {
  return z.array(jsonSchema).catch([]).parse(schema["anyOf"] ?? schema["oneOf"]);
}

/** The schema of an array's entries. */
export function itemsOf(schema: JsonSchema): JsonSchema | undefined {
  return jsonSchema.optional().catch(undefined).parse(schema["items"]);
}

/** The names in `type`, whether it is one or several. */
export function typesOf(schema: JsonSchema): string[] {
  const { type } = schema;
  return z.array(z.string()).catch([]).parse(Array.isArray(type) ? type : type === undefined ? [] : [type]);
}

/** The values of `enum`; `undefined` if there is none. */
export function valuesOf(schema: JsonSchema): unknown[] | undefined {
  return z.array(z.unknown()).optional().catch(undefined).parse(schema["enum"]);
}

/** The schema without some of its keywords. */
export function without(schema: JsonSchema, keywords: ReadonlySet<string>): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.has(keyword)));
}
