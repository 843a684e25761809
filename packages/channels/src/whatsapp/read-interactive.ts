import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readFlowReply } from "./read-flow-reply.ts";

const reply = z.looseObject({ id: z.string(), title: z.string() });

const schema = z.looseObject({
  interactive: z.union([
    z.looseObject({ type: z.literal("button_reply"), button_reply: reply }),
    z.looseObject({ type: z.literal("list_reply"), list_reply: reply }),
  ]),
});

/** Reads `type: "interactive"`: a tap on a button or a list row of ours, or a form that was sent. */
export function readInteractive(message: JsonObject): MessageBody | null {
  const parsed = schema.safeParse(message);
  if (!parsed.success) return readFlowReply(message);
  const { interactive } = parsed.data;
  const { id, title } = interactive.type === "button_reply"
    ? interactive.button_reply
    : interactive.list_reply;
  return {
    type: "interactive",
    content: truncateContent(title),
    payload: { ...interactive, id },
    isTap: true,
  };
}

const templateButton = z.looseObject({ button: z.looseObject({ text: z.string(), payload: lenientString }) });

/** Reads `type: "button"`: a tap on a quick reply of a template. Its id is the button's payload, or else its text. */
export function readTemplateButton(message: JsonObject): MessageBody | null {
  const parsed = templateButton.safeParse(message);
  if (!parsed.success) return null;
  const { button } = parsed.data;
  return {
    type: "interactive",
    content: truncateContent(button.text),
    payload: { ...button, type: "button", id: button.payload ?? button.text },
    isTap: true,
  };
}
