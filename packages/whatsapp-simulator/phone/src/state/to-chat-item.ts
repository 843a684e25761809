import { z } from "zod";
import type { ChatContent, ChatItem, Delivery } from "@app/ui/mod.ts";
import type { JsonObject } from "../../../src/ledger-event.ts";
import type { PhoneMessage } from "./phone-model.ts";

const optional = z.string().optional();
const file = z.object({
  id: optional,
  link: optional,
  /** A file of this page that is still on its way. */
  local_url: optional,
  caption: optional,
  filename: optional,
}).transform((found) => ({
  ...found,
  url: found.local_url ?? (found.id ? `/_simulator/media/${found.id}` : found.link ?? ""),
}));
const reply = z.object({ id: z.string(), title: z.string(), description: optional });
const item = z.object({
  product_retailer_id: z.string(),
  quantity: z.number(),
  item_price: z.number(),
  currency: z.string(),
});
const words = z.object({ text: z.string() }).optional();
const frame = { header: z.object({ text: optional }).optional(), body: words, footer: words };

/** The provider's words for a message, either way, by `type`. What does not fit is shown as unknown. */
const readers: Record<string, (message: JsonObject) => ChatContent> = {
  text: (message) => ({ kind: "text", text: z.object({ body: z.string() }).parse(message.text).body }),
  image: (message) => ({ kind: "image", ...picked(message.image) }),
  sticker: (message) => ({ kind: "image", ...picked(message.sticker) }),
  video: (message) => ({ kind: "video", ...picked(message.video) }),
  audio: (message) => ({ kind: "audio", url: file.parse(message.audio).url }),
  document: (message) => ({
    kind: "document",
    ...picked(message.document),
    name: file.parse(message.document).filename ?? "…",
  }),
  location: (message) => ({
    kind: "location",
    ...z.object({
      latitude: z.coerce.number(),
      longitude: z.coerce.number(),
      name: optional,
      address: optional,
    })
      .parse(message.location),
  }),
  contacts: (message) => ({
    kind: "contacts",
    names: z.array(z.object({ name: z.object({ formatted_name: z.string() }) })).parse(message.contacts)
      .map((contact) => contact.name.formatted_name),
  }),
  button: (message) => ({ kind: "text", text: z.object({ text: z.string() }).parse(message.button).text }),
  reaction: (message) => ({
    kind: "reaction",
    emoji: z.object({ emoji: z.string().default("") }).parse(message.reaction).emoji,
  }),
  template: (message) => ({
    kind: "unknown",
    type: z.object({ name: z.string() }).parse(message.template).name,
  }),
  order: (message) => ({
    kind: "text",
    text: z.object({ product_items: z.array(item) }).parse(message.order).product_items
      .map(({ quantity, product_retailer_id, item_price, currency }) =>
        `${quantity} × ${product_retailer_id} · ${item_price} ${currency}`
      ).join("\n"),
  }),
  interactive: (message) => interactiveContent(message.interactive),
};

/** Edits and deletions are seen in the message that they are about. */
export function isShown({ message }: PhoneMessage): boolean {
  return message.type !== "edit" && message.type !== "revoke";
}

/** Messages never change, they are replaced: so each is worded once. */
const worded = new WeakMap<PhoneMessage, ChatItem>();

/** A message of the simulator as the conversation view shows it: on the phone the customer's side is one's own. */
export function toChatItem(message: PhoneMessage): ChatItem {
  const known = worded.get(message);
  if (known) return known;
  const isOwn = message.direction === "inbound";
  const item: ChatItem = {
    id: message.wamid,
    side: isOwn ? "own" : "other",
    at: message.at,
    content: message.is_revoked
      ? { kind: "unknown", type: "revoke" }
      : contentOf(message.edited ?? message.message),
    ...(isOwn && { delivery: deliveryOf(message) }),
  };
  worded.set(message, item);
  return item;
}

function contentOf(message: JsonObject): ChatContent {
  const type = String(message.type ?? "text");
  try {
    return readers[type]?.(message) ?? { kind: "unknown", type };
  } catch {
    return { kind: "unknown", type };
  }
}

function deliveryOf(message: PhoneMessage): Delivery {
  if (message.local) return { state: message.local };
  if (message.seen) return { state: "read" };
  if (message.acknowledged) return { state: "delivered" };
  return message.attempts > 0 ? { state: "waiting", attempts: message.attempts } : { state: "sent" };
}

function picked(value: unknown): { url: string; caption?: string } {
  const { url, caption } = file.parse(value);
  return { url, ...(caption && { caption }) };
}

const replies = z.object({ button_reply: reply.optional(), list_reply: reply.optional() });
const buttons = z.object({ ...frame, action: z.object({ buttons: z.array(z.object({ reply })) }) });
const list = z.object({
  ...frame,
  action: z.object({ button: z.string(), sections: z.array(z.object({ rows: z.array(reply) })) }),
});
const link = z.object({
  ...frame,
  action: z.object({ parameters: z.object({ display_text: z.string(), url: z.string() }) }),
});

function interactiveContent(value: unknown): ChatContent {
  const { type } = z.object({ type: z.string() }).parse(value);
  if (type === "nfm_reply") {
    const { nfm_reply: answer } = z.object({ nfm_reply: z.object({ response_json: z.string() }) }).parse(
      value,
    );
    return { kind: "text", text: readForm(answer.response_json) };
  }
  if (type === "button_reply" || type === "list_reply") {
    const chosen = replies.parse(value);
    return { kind: "text", text: (chosen.button_reply ?? chosen.list_reply)?.title ?? "" };
  }
  if (type === "button") {
    const read = buttons.parse(value);
    return { kind: "buttons", ...framed(read), buttons: read.action.buttons.map((button) => button.reply) };
  }
  if (type === "list") {
    const read = list.parse(value);
    const rows = read.action.sections.flatMap((section) => section.rows);
    return { kind: "list", ...framed(read), open: read.action.button, rows };
  }
  if (type === "cta_url") {
    const { body, action: { parameters } } = link.parse(value);
    return { kind: "link", text: body?.text ?? "", label: parameters.display_text, url: parameters.url };
  }
  return { kind: "unknown", type };
}

/** A form's answer line by line; what is no object, as it is. */
function readForm(json: string): string {
  try {
    const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(json));
    return Object.entries(fields).map(([name, value]) => `${name}: ${String(value)}`).join("\n");
  } catch {
    return json;
  }
}

function framed(
  read: { header?: { text?: string } | undefined; body?: { text: string }; footer?: { text: string } },
) {
  return {
    ...(read.header?.text && { header: read.header.text }),
    text: read.body?.text ?? "",
    ...(read.footer && { footer: read.footer.text }),
  };
}
