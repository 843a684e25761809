import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({ body: z.string() });

/** Reads `type: "text"`. A blank text is kept, and waits for no answer. */
export function readText(message: JsonObject): MessageBody | null {
  const text = readPart(message, "text", schema);
  if (text === null) return null;
  const { body } = text.fields;
  return { type: "text", content: truncateContent(body), payload: text.raw, needsAnswer: body.trim() !== "" };
}
