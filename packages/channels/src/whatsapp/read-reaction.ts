import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const schema = z.looseObject({ message_id: providerId, emoji: lenientString });

/** Reads `type: "reaction"`. A reaction that was taken back has no emoji, or an empty one: `content` is empty. */
export function readReaction(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message.reaction);
  if (!parsed.success) return null;
  return {
    type: "reaction",
    content: truncateContent(parsed.data.emoji ?? ""),
    payload: parsed.data,
    replyTo: parsed.data.message_id,
    needsAnswer: false,
  };
}
