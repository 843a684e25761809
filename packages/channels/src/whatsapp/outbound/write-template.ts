import type { OutboundContent } from "@app/contracts/mod.ts";
import { writeMedia } from "./write-media.ts";

type Template = Extract<OutboundContent, { type: "template" }>;

/**
 * Writes a filled template. Components without values are left out, as Graph wants it.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#template-object
 */
export function writeTemplate(
  { name, language, header, body = [], buttons = [] }: Template,
): Record<string, unknown> {
  const components = [
    ...(header ? [{ type: "header", parameters: [writeHeader(header)] }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map(writeValue) }] : []),
    ...buttons.map(writeButton),
  ];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

function writeValue({ name, text }: { name?: string | undefined; text: string }): Record<string, unknown> {
  return { type: "text", ...(name !== undefined && { parameter_name: name }), text };
}

function writeHeader(header: NonNullable<Template["header"]>): Record<string, unknown> {
  switch (header.type) {
    case "text":
      return writeValue(header);
    case "location": {
      const { type, ...place } = header;
      return { type, location: place };
    }
    default:
      return { type: header.type, [header.type]: writeMedia(header) };
  }
}

function writeButton(button: NonNullable<Template["buttons"]>[number]): Record<string, unknown> {
  return {
    type: "button",
    sub_type: button.kind,
    index: `${button.index}`,
    parameters: [buttonParameter(button)],
  };
}

function buttonParameter(button: NonNullable<Template["buttons"]>[number]): Record<string, unknown> {
  switch (button.kind) {
    case "quick_reply":
      return { type: "payload", payload: button.payload };
    case "url":
      return { type: "text", text: button.text };
    case "copy_code":
      return { type: "coupon_code", coupon_code: button.code };
    case "flow": {
      const { token, data } = button;
      return {
        type: "action",
        action: {
          ...(token !== undefined && { flow_token: token }),
          ...(data && { flow_action_data: data }),
        },
      };
    }
  }
}
