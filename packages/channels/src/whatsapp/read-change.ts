import { z } from "zod";
import { isJsonObject, type JsonObject } from "./clean-json.ts";
import { providerId } from "./lenient.ts";
import type { BodyReader, MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({ original_message_id: providerId });

/**
 * Makes the reader of `type: "edit"`: `replyTo` names the message that was edited, `change` says what it is now. An edit
 * of which nothing can be read is a note without `change`, so that it blanks nothing.
 *
 * @param readNew Reads what the message is from now on.
 */
export function editReader(readNew: BodyReader): BodyReader {
  return (message: JsonObject): MessageBody | null => {
    const edit = readPart(message, "edit", schema);
    if (edit === null) return null;
    const { original_message_id: originalExternalId } = edit.fields;
    const now = isJsonObject(edit.raw.message) ? readNew(edit.raw.message) : null;
    return {
      type: "system",
      content: now?.content ?? "",
      payload: { ...edit.raw, type: "edit" },
      replyTo: originalExternalId,
      needsAnswer: false,
      ...(now !== null && {
        change: {
          kind: "edited",
          originalExternalId,
          type: now.type,
          content: now.content,
          payload: now.payload,
          ...(now.media && { media: now.media }),
        },
      }),
    };
  };
}

/** Reads `type: "revoke"`: `replyTo` names the message that was taken back. */
export function readRevoke(message: JsonObject): MessageBody | null {
  const revoke = readPart(message, "revoke", schema);
  if (revoke === null) return null;
  const { original_message_id: originalExternalId } = revoke.fields;
  return {
    type: "system",
    content: "",
    payload: { ...revoke.raw, type: "revoke" },
    replyTo: originalExternalId,
    needsAnswer: false,
    change: { kind: "revoked", originalExternalId },
  };
}
