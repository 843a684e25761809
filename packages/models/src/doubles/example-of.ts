import { z } from "zod";

const schemaPart = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
});

/** The least value that fits a schema: `null` where that is allowed, empty lists, short texts. */
export function exampleOf(schema: unknown): unknown {
  const part = schemaPart.parse(schema);
  const types = [part.type ?? []].flat();
  if (types.includes("null") || part.enum?.includes(null)) return null;
  if (part.anyOf) {
    const examples = part.anyOf.map(exampleOf);
    return examples.includes(null) ? null : examples[0];
  }
  if (part.enum) return part.enum[0];
  switch (types[0]) {
    case "object":
      return Object.fromEntries(
        Object.entries(part.properties ?? {}).map(([name, each]) => [name, exampleOf(each)]),
      );
    case "array":
      return Array.from({ length: part.minItems ?? 0 }, () => exampleOf(part.items));
    case "number":
    case "integer":
      return 1;
    case "boolean":
      return true;
    default:
      return "es";
  }
}
