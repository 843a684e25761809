import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncate, truncateContent } from "./clean-text.ts";
import { lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({ message_id: providerId, emoji: lenientString });

/** Longest emoji that is believed, in UTF-16 units; families and flags have some 30. */
const maxEmojiLength = 100;

/** Reads `type: "reaction"`. A reaction that was taken back has no emoji, or an empty one: `content` is empty. */
export function readReaction(message: JsonObject): MessageBody | null {
  const part = readPart(message, "reaction", schema);
  if (part === null) return null;
  const { message_id: messageExternalId, emoji = "" } = part.fields;
  return {
    type: "reaction",
    content: truncateContent(emoji),
    payload: part.raw,
    replyTo: messageExternalId,
    needsAnswer: false,
    reaction: { messageExternalId, emoji: truncate(emoji.trim(), maxEmojiLength) || null },
  };
}
