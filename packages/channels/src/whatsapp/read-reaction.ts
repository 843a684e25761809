import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({ message_id: providerId, emoji: lenientString });

/** Reads `type: "reaction"`. A reaction that was taken back has no emoji, or an empty one: `content` is empty. */
export function readReaction(message: JsonObject): MessageBody | null {
  const reaction = readPart(message, "reaction", schema);
  if (reaction === null) return null;
  return {
    type: "reaction",
    content: truncateContent(reaction.fields.emoji ?? ""),
    payload: reaction.raw,
    replyTo: reaction.fields.message_id,
    needsAnswer: false,
  };
}
