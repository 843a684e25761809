import type { OutboundContent } from "@app/contracts/mod.ts";
import { writeMedia } from "./write-media.ts";

type InteractiveContent = Extract<
  OutboundContent,
  {
    type:
      | "buttons"
      | "list"
      | "cta_url"
      | "flow"
      | "product"
      | "product_list"
      | "location_request"
      | "contact_request";
  }
>;

/**
 * Writes what a person taps on.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object
 */
export function writeInteractive(content: InteractiveContent): Record<string, unknown> {
  const { type, action } = actionOf(content);
  return {
    type,
    ...("header" in content && content.header && { header: writeHeader(content.header) }),
    ...(content.type === "product_list" && { header: { type: "text", text: content.title } }),
    ...(content.text !== undefined && { body: { text: content.text } }),
    ...("footer" in content && content.footer !== undefined && { footer: { text: content.footer } }),
    action,
  };
}

interface Interactive {
  type: string;
  action: Record<string, unknown>;
}

function actionOf(content: InteractiveContent): Interactive {
  switch (content.type) {
    case "buttons": {
      const buttons = content.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } }));
      return { type: "button", action: { buttons } };
    }
    case "list":
      return { type: "list", action: { button: content.button, sections: content.sections } };
    case "cta_url": {
      const { label, url } = content;
      return { type: "cta_url", action: { name: "cta_url", parameters: { display_text: label, url } } };
    }
    case "flow":
      return { type: "flow", action: { name: "flow", parameters: flowParameters(content) } };
    case "product": {
      const { catalogId, productId } = content;
      return { type: "product", action: { catalog_id: catalogId, product_retailer_id: productId } };
    }
    case "product_list":
      return { type: "product_list", action: productSections(content) };
    case "location_request":
      return { type: "location_request_message", action: { name: "send_location" } };
    case "contact_request":
      return { type: "contact_request", action: { name: "request_contact_info" } };
  }
}

function flowParameters(
  { flowId, flowName, label, token, screen, data }: Extract<OutboundContent, { type: "flow" }>,
): Record<string, unknown> {
  return {
    flow_message_version: "3",
    ...(flowId !== undefined ? { flow_id: flowId } : { flow_name: flowName }),
    flow_cta: label,
    ...(token !== undefined && { flow_token: token }),
    ...(screen === undefined ? { flow_action: "data_exchange" } : {
      flow_action: "navigate",
      flow_action_payload: { screen, ...(data && { data }) },
    }),
  };
}

function productSections(
  { catalogId, sections }: Extract<OutboundContent, { type: "product_list" }>,
): Record<string, unknown> {
  return {
    catalog_id: catalogId,
    sections: sections.map(({ title, productIds }) => ({
      ...(title !== undefined && { title }),
      product_items: productIds.map((product_retailer_id) => ({ product_retailer_id })),
    })),
  };
}

type Header = NonNullable<Extract<OutboundContent, { type: "buttons" }>["header"]>;

function writeHeader(header: Header): Record<string, unknown> {
  if (header.type === "text") return { type: "text", text: header.text };
  return { type: header.type, [header.type]: writeMedia(header) };
}
