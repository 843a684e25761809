import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenient, lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const noticeSchema = z.looseObject({ body: lenientString });

/** Reads `type: "system"`: the customer changed number, user id or phone. */
export function readSystem(message: JsonObject): MessageBody | null {
  const notice = readPart(message, "system", noticeSchema);
  if (notice === null) return null;
  return {
    type: "system",
    content: truncateContent(notice.fields.body ?? ""),
    payload: notice.raw,
    needsAnswer: false,
  };
}

const editSchema = z.looseObject({
  original_message_id: providerId,
  message: lenient(z.looseObject({ text: lenient(z.looseObject({ body: lenientString })) })),
});

/** Reads `type: "edit"`: `replyTo` names the message that was edited, `content` is its new text. */
export function readEdit(message: JsonObject): MessageBody | null {
  const edit = readPart(message, "edit", editSchema);
  if (edit === null) return null;
  return {
    type: "system",
    content: truncateContent(edit.fields.message?.text?.body ?? ""),
    payload: { ...edit.raw, type: "edit" },
    replyTo: edit.fields.original_message_id,
    needsAnswer: false,
  };
}

const revokeSchema = z.looseObject({ original_message_id: providerId });

/** Reads `type: "revoke"`: `replyTo` names the message that was taken back. */
export function readRevoke(message: JsonObject): MessageBody | null {
  const revoke = readPart(message, "revoke", revokeSchema);
  if (revoke === null) return null;
  return {
    type: "system",
    content: "",
    payload: { ...revoke.raw, type: "revoke" },
    replyTo: revoke.fields.original_message_id,
    needsAnswer: false,
  };
}
