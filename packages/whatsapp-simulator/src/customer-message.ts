import { z } from "zod";
import { InvalidInput } from "./invalid-input.ts";
import { type JsonObject, jsonObject } from "./ledger-event.ts";
import type { MediaDescription } from "./media-store.ts";

const MEDIA_BYTES_BASE64 = 140_000_000;

const common = z.object({
  phone_number_id: z.string().min(1),
  /** The message id to use; one is made if it is left out. */
  id: z.string().min(1).max(500).optional(),
  /** When it was written: ISO 8601 or seconds since 1970; default now. */
  timestamp: z.union([z.iso.datetime().transform((iso) => Date.parse(iso) / 1000), z.number().int().min(0)])
    .transform((seconds) => Math.floor(seconds)).optional(),
  /** The message that this one answers. */
  reply_to: z.string().optional(),
  /** The ad or post that the customer came from, as the platform words it; only with the first message of a chat. */
  referral: jsonObject.optional(),
  /** `true`: forwarded from another chat; `"often"`: many times. */
  forwarded: z.union([z.literal(true), z.literal("often")]).optional(),
  /** The product that the customer was looking at. */
  referred_product: z.object({ catalog_id: z.string(), product_retailer_id: z.string() }).optional(),
  group_id: z.string().optional(),
});

const file = {
  /** A file of `POST /_simulator/media`; or give the bytes. */
  media_id: z.string().optional(),
  base64: z.base64().max(MEDIA_BYTES_BASE64).optional(),
  mime_type: z.string().max(200).optional(),
  file_name: z.string().max(500).optional(),
};

const body = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string().min(1).max(65_536) }),
  z.object({ type: z.literal("button"), button_id: z.string(), title: z.string() }),
  z.object({
    type: z.literal("list"),
    row_id: z.string(),
    title: z.string(),
    description: z.string().optional(),
  }),
  z.object({ type: z.literal("quick_reply"), payload: z.string(), text: z.string() }),
  z.object({ type: z.literal("image"), ...file, caption: z.string().optional() }),
  z.object({ type: z.literal("video"), ...file, caption: z.string().optional() }),
  z.object({ type: z.literal("audio"), ...file, voice: z.boolean().default(true) }),
  z.object({ type: z.literal("document"), ...file, caption: z.string().optional() }),
  z.object({ type: z.literal("sticker"), ...file, animated: z.boolean().default(false) }),
  z.object({
    type: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: z.string().optional(),
    address: z.string().optional(),
  }),
  z.object({ type: z.literal("contacts"), contacts: z.array(jsonObject).min(1) }),
  z.object({ type: z.literal("reaction"), message_id: z.string(), emoji: z.string().optional() }),
  z.object({
    type: z.literal("order"),
    catalog_id: z.string(),
    text: z.string().optional(),
    product_items: z.array(z.object({
      product_retailer_id: z.string(),
      quantity: z.number().int().min(1),
      item_price: z.number().min(0),
      currency: z.string().length(3),
    })).min(1),
  }),
  /** The answer of a flow; `response` is any JSON, or the text that stands in its place. */
  z.object({ type: z.literal("flow_reply"), name: z.string().default("flow"), response: z.unknown() }),
  z.object({
    type: z.literal("call_permission"),
    response: z.enum(["accept", "reject"]),
    expiration_timestamp: z.number().int().optional(),
  }),
  /** The customer rewrites an own message. */
  z.object({ type: z.literal("edit"), message_id: z.string(), text: z.string().min(1).max(65_536) }),
  /** The customer deletes an own message for everyone. */
  z.object({ type: z.literal("revoke"), message_id: z.string() }),
  /** Something that the platform does not hand on: a poll, a pin, a GIF. */
  z.object({
    type: z.literal("unsupported"),
    subtype: z.string().default("poll_creation"),
    code: z.number().int().default(131051),
  }),
  /** Any words at all, for what the simulator does not know: its keys go into the webhook's message as they are. */
  z.object({ type: z.literal("raw"), message: jsonObject }),
]);

/** What a customer does, as the control API takes it. */
export const customerMessage = common.and(body);

/** Parsed form of {@linkcode customerMessage}. */
export type CustomerMessage = z.infer<typeof customerMessage>;

/** What is needed to word a message: its file, if it has one, and the number that it goes to. */
export interface Wording {
  media: MediaDescription | undefined;
  mediaUrl: string | undefined;
  /** Digits of the business number: the author of the message that a tap answers. */
  businessPhone: string;
}

/** The webhook's words for what a customer did: `type` and the object named by it, and `context` if it answers one. */
export function wordsOf(message: CustomerMessage, wording: Wording): JsonObject {
  if (message.type === "raw") return message.message;
  const context = contextOf(message, wording);
  return withoutUndefined({
    context,
    referral: message.referral,
    group_id: message.group_id,
    ...typed(message, wording),
  });
}

function contextOf(message: CustomerMessage, { businessPhone }: Wording): JsonObject | undefined {
  const context = withoutUndefined({
    ...(message.reply_to !== undefined && { from: businessPhone, id: message.reply_to }),
    forwarded: message.forwarded === true ? true : undefined,
    frequently_forwarded: message.forwarded === "often" ? true : undefined,
    referred_product: message.referred_product,
  });
  return Object.keys(context).length > 0 ? context : undefined;
}

function typed(message: Exclude<CustomerMessage, { type: "raw" }>, wording: Wording): JsonObject {
  switch (message.type) {
    case "text":
      return { type: "text", text: { body: message.text } };
    case "button":
      return interactive("button_reply", { id: message.button_id, title: message.title });
    case "list":
      return interactive(
        "list_reply",
        withoutUndefined({
          id: message.row_id,
          title: message.title,
          description: message.description,
        }),
      );
    case "quick_reply":
      return { type: "button", button: { payload: message.payload, text: message.text } };
    case "location": {
      const { latitude, longitude, name, address } = message;
      return { type: "location", location: withoutUndefined({ latitude, longitude, name, address }) };
    }
    case "contacts":
      return { type: "contacts", contacts: message.contacts };
    case "reaction":
      return {
        type: "reaction",
        reaction: withoutUndefined({ message_id: message.message_id, emoji: message.emoji }),
      };
    case "order": {
      const { catalog_id, text, product_items } = message;
      return { type: "order", order: withoutUndefined({ catalog_id, text, product_items }) };
    }
    case "flow_reply":
      return interactive("nfm_reply", {
        name: message.name,
        body: "Sent",
        response_json: typeof message.response === "string"
          ? message.response
          : JSON.stringify(message.response ?? {}),
      });
    case "call_permission":
      return interactive(
        "call_permission_reply",
        withoutUndefined({
          response: message.response,
          expiration_timestamp: message.expiration_timestamp,
          response_source: "user_action",
        }),
      );
    case "edit":
      return {
        type: "edit",
        edit: {
          original_message_id: message.message_id,
          message: { type: "text", text: { body: message.text } },
        },
      };
    case "revoke":
      return { type: "revoke", revoke: { original_message_id: message.message_id } };
    case "unsupported":
      return unsupported(message.code, message.subtype);
    case "audio":
      return { type: "audio", audio: { ...fileWords(wording), voice: message.voice } };
    case "sticker":
      return { type: "sticker", sticker: { ...fileWords(wording), animated: message.animated } };
    default: {
      const words = { ...fileWords(wording), ...(message.caption && { caption: message.caption }) };
      const named = message.type === "document"
        ? { ...words, filename: wording.media?.file_name ?? "file" }
        : words;
      return { type: message.type, [message.type]: named };
    }
  }
}

function unsupported(code: number, subtype: string): JsonObject {
  const title = "Message type unknown";
  const details = "Message type is currently not supported.";
  return {
    type: "unsupported",
    errors: [{ code, title, message: title, error_data: { details } }],
    unsupported: { type: subtype },
  };
}

function interactive(type: string, reply: JsonObject): JsonObject {
  return { type: "interactive", interactive: { type, [type]: reply } };
}

function fileWords({ media, mediaUrl }: Wording): JsonObject {
  if (!media) throw new InvalidInput("media_id or base64 with mime_type: required for this type");
  return withoutUndefined({
    id: media.id,
    mime_type: media.mime_type,
    sha256: media.sha256,
    url: mediaUrl,
  });
}

function withoutUndefined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
