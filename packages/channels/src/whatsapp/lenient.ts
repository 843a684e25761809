import { z } from "zod";

/** An optional field that is left out when it is not what it should be, so that it never spoils its message. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** An optional string, left out when it is something else. */
export const lenientString = lenient(z.string());

/** A whole number of zero or more, which Meta also writes as a string. */
export const wholeNumber = z.union([
  z.number().int().nonnegative(),
  z.string().regex(/^\d{1,15}$/).transform(Number),
]);

/** An amount of zero or more, which Meta also writes as a string. */
export const amount = z.union([
  z.number().nonnegative(),
  z.string().regex(/^\d{1,15}(\.\d{1,10})?$/).transform(Number),
]);

/** An id that fits the contract: not blank, at most 500 long. Longer ones are refused, since a cut id is another id. */
export const providerId = z.string().max(500).regex(/\S/);
