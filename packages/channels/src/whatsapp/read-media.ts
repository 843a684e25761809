import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { cleanName, truncate, truncateContent } from "./clean-text.ts";
import { lenient, lenientString, providerId } from "./lenient.ts";
import type { BodyReader, MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

type MediaType = "image" | "audio" | "video" | "document" | "sticker";

const schema = z.looseObject({
  id: providerId,
  mime_type: lenientString,
  sha256: lenient(z.string().max(200)),
  caption: lenientString,
  filename: lenientString,
  voice: lenient(z.boolean()),
});

/**
 * Makes the reader of one kind of media.
 *
 * @param key Where the body is in the message, which old payloads name `voice` for voice notes.
 * @param type What it is stored as.
 */
export function mediaReader(key: string, type: MediaType): BodyReader {
  return (message: JsonObject): MessageBody | null => {
    const part = readPart(message, key, schema);
    if (part === null) return null;
    const body = part.fields;
    const fileName = cleanName(body.filename);
    return {
      type,
      content: truncateContent(body.caption ?? ""),
      payload: part.raw,
      media: {
        externalId: body.id,
        mimeType: truncate(body.mime_type ?? "application/octet-stream", 200),
        ...(body.sha256 !== undefined && { sha256: body.sha256 }),
        ...(fileName !== undefined && { fileName }),
        ...(type === "audio" && { isVoice: key === "voice" || body.voice === true }),
      },
    };
  };
}
