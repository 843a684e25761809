import { z } from "zod";
import { messageTypes } from "./message-types.ts";

/** One name by which a channel knows a person. WhatsApp: `bsuid` first, `phone` (digits, no `+`) beside it. */
export const contactIdentity = z.object({
  kind: z.enum(["bsuid", "phone", "psid", "telegram", "web"]),
  externalId: z.string().min(1).max(200),
});

/** Parsed form of {@linkcode contactIdentity}. */
export type ContactIdentity = z.infer<typeof contactIdentity>;

/** A file that is still with the provider. */
export const remoteMedia = z.object({
  externalId: z.string().max(500),
  mimeType: z.string().max(200),
  sha256: z.string().max(200).optional(),
  fileName: z.string().max(500).optional(),
  isVoice: z.boolean().optional(),
});

/** Parsed form of {@linkcode remoteMedia}. */
export type RemoteMedia = z.infer<typeof remoteMedia>;

/** A message that a contact wrote, in the product's own words. Strings hold no NUL and no lone surrogate. */
export const inboundMessage = z.object({
  kind: z.literal("message"),
  /** The provider's id; one id is one row. */
  externalId: z.string().min(1).max(500),
  /** When the provider says it was written, ISO 8601. */
  timestamp: z.iso.datetime(),
  /** At least one, the strongest first. */
  identities: z.array(contactIdentity).min(1),
  profile: z.object({ name: z.string().optional(), username: z.string().optional() }),
  type: z.enum(messageTypes),
  /** What a person reads in a list and the engine reads in a turn; a caption, a title, or empty. */
  content: z.string(),
  /** The typed body of the message, as the channel sent it. */
  payload: z.record(z.string(), z.unknown()),
  media: remoteMedia.optional(),
  /** The provider's id of the message that this one answers. */
  replyTo: z.string().max(500).optional(),
  /** A tap on a button or list: the turn does not wait for more. */
  isTap: z.boolean(),
  /** Whether a turn has to answer it. Reactions, system notes and unsupported kinds start none. */
  needsAnswer: z.boolean(),
});

/** Parsed form of {@linkcode inboundMessage}. */
export type InboundMessage = z.infer<typeof inboundMessage>;

/** What the provider says about a message of ours. */
export const statusUpdate = z.object({
  kind: z.literal("status"),
  externalId: z.string().min(1).max(500),
  status: z.enum(["sent", "delivered", "read", "played", "failed"]),
  timestamp: z.iso.datetime(),
  /** Our message id, if the provider echoes it (`biz_opaque_callback_data`). */
  callbackData: z.uuid().optional(),
  error: z.object({ code: z.number(), title: z.string(), details: z.string().optional() }).optional(),
  pricing: z.record(z.string(), z.unknown()).optional(),
});

/** Parsed form of {@linkcode statusUpdate}. */
export type StatusUpdate = z.infer<typeof statusUpdate>;

/** A part of a delivery that names nothing to store it under. */
export interface RejectedPart {
  /**
   * `no_id`: no usable message id; `no_sender`: nobody to store it for; `unknown_status`: a status that we do not know;
   * `provider_error`: the provider tells of a problem of its own.
   */
  reason: "no_id" | "no_sender" | "unknown_status" | "provider_error";
  /** The part as it came, with the same repairs as every payload. */
  body: unknown;
}

/** Everything one delivery says about one number of one tenant, in the order it was written. */
export interface ChannelDelivery {
  channelType: "whatsapp";
  /** The provider's id of our side; WhatsApp: `phone_number_id`. Empty if the provider named none: nobody owns that. */
  channelId: string;
  messages: InboundMessage[];
  statuses: StatusUpdate[];
  /** The provider's own words for this number, kept if the tenant's part cannot be stored. */
  body: Record<string, unknown>;
  /** What could not become a message or a status, in order, the first 1,000; absent if nothing. */
  rejected?: RejectedPart[];
}
