import type { CallPermission } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenient, lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readFlowReply } from "./read-flow-reply.ts";
import { readPart } from "./read-part.ts";

/**
 * Reads `type: "interactive"`: a tap on a button or a list row of ours, a form that was sent, or an answer to our wish to
 * call. `payload` has the id of what was tapped as `id`, beside what Meta sent.
 */
export function readInteractive(message: JsonObject): MessageBody | null {
  return readTap(message) ?? readFlowReply(message) ?? readCallPermission(message);
}

const reply = z.looseObject({ id: z.string(), title: z.string() });

const tapSchema = z.union([
  z.looseObject({ type: z.literal("button_reply"), button_reply: reply }),
  z.looseObject({ type: z.literal("list_reply"), list_reply: reply }),
]);

function readTap(message: JsonObject): MessageBody | null {
  const tap = readPart(message, "interactive", tapSchema);
  if (tap === null) return null;
  const { id, title } = tap.fields.type === "button_reply" ? tap.fields.button_reply : tap.fields.list_reply;
  return { type: "interactive", content: truncateContent(title), payload: { ...tap.raw, id }, isTap: true };
}

const callSchema = z.looseObject({
  call_permission_reply: z.looseObject({
    response: z.enum(["accept", "reject"]),
    expiration_timestamp: lenient(z.union([z.number(), z.string().regex(/^\d{1,15}$/).transform(Number)])),
  }),
});

/** Meta sends no words with it: `content` is `accept` or `reject`. */
function readCallPermission(message: JsonObject): MessageBody | null {
  const part = readPart(message, "interactive", callSchema);
  if (part === null) return null;
  const { response, expiration_timestamp: expiresAt } = part.fields.call_permission_reply;
  const callPermission: CallPermission = { isGranted: response === "accept" };
  const expiry = new Date((expiresAt ?? NaN) * 1000);
  // Years beyond 9999 have another form.
  if (expiry.getTime() >= 0 && expiry.getUTCFullYear() <= 9999) {
    callPermission.expiresAt = expiry.toISOString();
  }
  return {
    type: "interactive",
    content: response,
    payload: { ...part.raw, id: response },
    isTap: true,
    callPermission,
  };
}

const templateButtonSchema = z.looseObject({ text: z.string(), payload: lenientString });

/** Reads `type: "button"`: a tap on a quick reply of a template. Its id is the button's payload, or else its text. */
export function readTemplateButton(message: JsonObject): MessageBody | null {
  const button = readPart(message, "button", templateButtonSchema);
  if (button === null) return null;
  const { text, payload } = button.fields;
  return {
    type: "interactive",
    content: truncateContent(text),
    payload: { ...button.raw, type: "button", id: payload ?? text },
    isTap: true,
  };
}
