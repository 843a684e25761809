import { z } from "zod";

/** A part of a schema and the place where it stands. */
export interface SchemaPart {
  path: string;
  depth: number;
  schema: Record<string, unknown>;
}

const part = z.record(z.string(), z.unknown());
const lists = z.array(part);

/** Every schema within a schema, itself first. */
export function* walk(schema: unknown, path = "root", depth = 1): Generator<SchemaPart> {
  const parsed = part.safeParse(schema);
  if (!parsed.success) return;
  yield { path, depth, schema: parsed.data };
  const { properties, items, anyOf } = parsed.data;
  for (const [name, each] of Object.entries(part.catch({}).parse(properties))) {
    yield* walk(each, `${path}.${name}`, depth + 1);
  }
  if (items !== undefined) yield* walk(items, `${path}[]`, depth + 1);
  for (const [index, each] of lists.catch([]).parse(anyOf).entries()) {
    yield* walk(each, `${path}|${index}`, depth);
  }
}

/** What is wrong with an object of a strict schema, as far as all providers agree. */
export function findOpenObject({ schema, path }: SchemaPart): string | null {
  if (![schema["type"]].flat().includes("object")) return null;
  return schema["additionalProperties"] === false
    ? null
    : `In ${path}, 'additionalProperties' is required to be supplied and to be false`;
}
