import type { z } from "zod";
import { isJsonObject, type JsonObject } from "./clean-json.ts";

/** An object of a message: its fields as a schema reads them, and the whole of it as it came. */
export interface Part<Fields> {
  fields: Fields;
  raw: JsonObject;
}

/** Reads the object that a message has under `key`; `null` if it does not fit. */
export function readPart<Fields>(
  message: JsonObject,
  key: string,
  schema: z.ZodType<Fields>,
): Part<Fields> | null {
  const raw = message[key];
  const parsed = schema.safeParse(raw);
  return parsed.success && isJsonObject(raw) ? { fields: parsed.data, raw } : null;
}
