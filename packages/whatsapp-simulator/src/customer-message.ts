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
  const context = message.reply_to && { context: { from: wording.businessPhone, id: message.reply_to } };
  return { ...context, ...typed(message, wording) };
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
