import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenient, lenientString, providerId } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";

const notice = z.looseObject({ body: lenientString });

/** Reads `type: "system"`: the customer changed number, user id or phone. */
export function readSystem(message: JsonObject): MessageBody | null {
  const parsed = notice.safeParse(message.system);
  if (!parsed.success) return null;
  return {
    type: "system",
    content: truncateContent(parsed.data.body ?? ""),
    payload: parsed.data,
    needsAnswer: false,
  };
}

const edit = z.looseObject({
  original_message_id: providerId,
  message: lenient(z.looseObject({ text: lenient(z.looseObject({ body: lenientString })) })),
});

/** Reads `type: "edit"`: `replyTo` names the message that was edited, `content` is its new text. */
export function readEdit(message: JsonObject): MessageBody | null {
  const parsed = edit.safeParse(message.edit);
  if (!parsed.success) return null;
  return {
    type: "system",
    content: truncateContent(parsed.data.message?.text?.body ?? ""),
    payload: { ...parsed.data, type: "edit" },
    replyTo: parsed.data.original_message_id,
    needsAnswer: false,
  };
}

const revoke = z.looseObject({ original_message_id: providerId });

/** Reads `type: "revoke"`: `replyTo` names the message that was taken back. */
export function readRevoke(message: JsonObject): MessageBody | null {
  const parsed = revoke.safeParse(message.revoke);
  if (!parsed.success) return null;
  return {
    type: "system",
    content: "",
    payload: { ...parsed.data, type: "revoke" },
    replyTo: parsed.data.original_message_id,
    needsAnswer: false,
  };
}
