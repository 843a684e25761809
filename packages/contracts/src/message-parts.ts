import { z } from "zod";
import { contactIdentity } from "./contact-identity.ts";
import { messageTypes } from "./message-types.ts";
import { remoteMedia } from "./remote-media.ts";

const externalId = z.string().min(1).max(500);
const line = z.string().max(500);

/**
 * What a message does to an earlier one of the same writer. The note that carries it is kept under its own id, so that a
 * second delivery changes nothing; then the original is updated. It starts no turn.
 */
export const messageChange = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("edited"),
    originalExternalId: externalId,
    /** What the original is from now on. */
    type: z.enum(messageTypes),
    content: z.string(),
    payload: z.record(z.string(), z.unknown()),
    media: remoteMedia.optional(),
  }),
  z.object({ kind: z.literal("revoked"), originalExternalId: externalId }),
]);

/** Parsed form of {@linkcode messageChange}. */
export type MessageChange = z.infer<typeof messageChange>;

/**
 * One person goes by other names from now on. `number`: a new phone; `user_id`: a new BSUID, as after a new phone;
 * `device`: the same names, but WhatsApp was set up anew, so that somebody else may hold the phone.
 */
export const identityChange = z.object({
  kind: z.enum(["number", "user_id", "device"]),
  /** Names that are no longer theirs; a phone among them may pass to another person. */
  previous: z.array(contactIdentity),
  /** Names from now on, the strongest first. */
  current: z.array(contactIdentity),
});

/** Parsed form of {@linkcode identityChange}. */
export type IdentityChange = z.infer<typeof identityChange>;

/** A reaction; the newest of a person on a message replaces those before. */
export const reaction = z.object({
  messageExternalId: externalId,
  /** `null`: the reaction was taken back. */
  emoji: z.string().min(1).max(100).nullable(),
});

/** Parsed form of {@linkcode reaction}. */
export type Reaction = z.infer<typeof reaction>;

/** A cart that the customer sent from the catalogue. Prices are what the customer saw: check them. */
export const order = z.object({
  catalogId: line.optional(),
  note: z.string().optional(),
  /** The first 1,000; the payload holds all. */
  items: z.array(z.object({
    productId: line.optional(),
    quantity: z.number().nonnegative().optional(),
    /** For one piece, in units of `currency`. */
    unitPrice: z.number().nonnegative().optional(),
    /** ISO 4217. */
    currency: z.string().max(10).optional(),
  })).max(1000),
});

/** Parsed form of {@linkcode order}. */
export type Order = z.infer<typeof order>;

/** The ad or post that led here; comes with the first message of a thread. */
export const referral = z.object({
  sourceType: line.optional(),
  sourceId: line.optional(),
  sourceUrl: z.string().max(2000).optional(),
  headline: line.optional(),
  body: z.string().max(2000).optional(),
  mediaType: line.optional(),
  /** Meta's id of the click (`ctwa_clid`), by which a sale is reported back. */
  clickId: z.string().max(2000).optional(),
  /** The greeting that the ad showed. */
  greeting: z.string().max(2000).optional(),
});

/** Parsed form of {@linkcode referral}. */
export type Referral = z.infer<typeof referral>;

/** What a message stands in relation to, beside the one that it quotes. */
export const messageContext = z.object({
  /** `often`: passed on many times. */
  forwarded: z.enum(["once", "often"]).optional(),
  /** The product of a catalogue that is asked about. */
  product: z.object({ catalogId: line.optional(), productId: line }).optional(),
});

/** Parsed form of {@linkcode messageContext}. */
export type MessageContext = z.infer<typeof messageContext>;

/** A message that the provider itself cannot describe. */
export const unsupportedPart = z.object({
  /** Provider's error code; WhatsApp: 131051 or 131060. */
  code: z.number().optional(),
  /** What it would have been, such as `poll_creation` or `gif`. */
  subtype: line.optional(),
  title: line.optional(),
});

/** Parsed form of {@linkcode unsupportedPart}. */
export type UnsupportedPart = z.infer<typeof unsupportedPart>;

/**
 * A message of a group. The product holds no groups: it is `unsupported`, lest words to many look like words to us, is kept
 * apart from conversations, and this tells what it was.
 */
export const groupPart = z.object({ externalId: line, type: z.enum(messageTypes), content: z.string() });

/** Parsed form of {@linkcode groupPart}. */
export type GroupPart = z.infer<typeof groupPart>;

/** An answer to our wish to call. */
export const callPermission = z.object({
  isGranted: z.boolean(),
  /** Until when, ISO 8601; absent for a permission without end. */
  expiresAt: z.iso.datetime().optional(),
});

/** Parsed form of {@linkcode callPermission}. */
export type CallPermission = z.infer<typeof callPermission>;
