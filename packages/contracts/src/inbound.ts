import { z } from "zod";
import type { AccountDelivery } from "./account-event.ts";
import type { CallEvent, PassiveCopy, PreferenceUpdate } from "./channel-notices.ts";
import type { ContactSync, Echo, HistoryChunk } from "./coexistence.ts";
import { contactIdentity } from "./contact-identity.ts";
import {
  callPermission,
  groupPart,
  identityChange,
  messageChange,
  messageContext,
  order,
  reaction,
  referral,
  unsupportedPart,
} from "./message-parts.ts";
import { messageTypes } from "./message-types.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { remoteMedia } from "./remote-media.ts";

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
  /** What it does to an earlier message. */
  change: messageChange.optional(),
  /** The writer goes by other names from now on. */
  identityChange: identityChange.optional(),
  reaction: reaction.optional(),
  order: order.optional(),
  referral: referral.optional(),
  context: messageContext.optional(),
  callPermission: callPermission.optional(),
  /** Names that the writer shared as their own, because we asked. */
  sharedIdentities: z.array(contactIdentity).optional(),
  unsupported: unsupportedPart.optional(),
  group: groupPart.optional(),
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
  /** Whom it went to, as far as the provider tells; a failed message often tells nobody. */
  recipient: z.object({
    identities: z.array(contactIdentity),
    /** The group that it went to; `identities` are then of the member of whom this status speaks. */
    groupId: z.string().max(500).optional(),
  }).optional(),
  /** What `error` means, and what follows. */
  refusal: refusal.optional(),
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
  /** What a problem of the provider's own (`provider_error`) means. */
  error?: Refusal & { code: number };
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
  /** Our side's number as people know it; digits. */
  displayPhone?: string;
  /** What the owner typed in the phone app. */
  echoes?: Echo[];
  preferences?: PreferenceUpdate[];
  history?: HistoryChunk[];
  contactSync?: ContactSync[];
  calls?: CallEvent[];
  passive?: PassiveCopy[];
}

/** Everything that one webhook delivery says. */
export interface WebhookReading {
  /** What is said about numbers; route by `channelId`. */
  channels: ChannelDelivery[];
  /** What is said about accounts, which names no number; route by `accountId`, the WABA. */
  accounts: AccountDelivery[];
}
