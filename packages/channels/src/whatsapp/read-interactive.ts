import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readFlowReply } from "./read-flow-reply.ts";
import { readPart } from "./read-part.ts";

const reply = z.looseObject({ id: z.string(), title: z.string() });

const schema = z.union([
  z.looseObject({ type: z.literal("button_reply"), button_reply: reply }),
  z.looseObject({ type: z.literal("list_reply"), list_reply: reply }),
]);

/**
 * Reads `type: "interactive"`: a tap on a button or a list row of ours, or a form that was sent. `payload` has the id of
 * what was tapped as `id`, beside what Meta sent.
 */
export function readInteractive(message: JsonObject): MessageBody | null {
  const tap = readPart(message, "interactive", schema);
  if (tap === null) return readFlowReply(message);
  const { id, title } = tap.fields.type === "button_reply" ? tap.fields.button_reply : tap.fields.list_reply;
  return { type: "interactive", content: truncateContent(title), payload: { ...tap.raw, id }, isTap: true };
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
