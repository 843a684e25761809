import { z } from "zod";
import { truncateContent } from "./clean-text.ts";
import type { JsonObject } from "./clean-json.ts";
import type { MessageBody } from "./message-body.ts";

const schema = z.looseObject({ text: z.looseObject({ body: z.string() }) });

/** Reads `type: "text"`. A blank text is kept, and waits for no answer. */
export function readText(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message);
  if (!parsed.success) return null;
  const { text } = parsed.data;
  return {
    type: "text",
    content: truncateContent(text.body),
    payload: text,
    needsAnswer: text.body.trim() !== "",
  };
}
