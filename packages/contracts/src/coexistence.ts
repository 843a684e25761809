import { z } from "zod";
import { contactIdentity } from "./contact-identity.ts";
import { messageChange, reaction } from "./message-parts.ts";
import { messageTypes } from "./message-types.ts";
import { remoteMedia } from "./remote-media.ts";

const body = {
  type: z.enum(messageTypes),
  /** What a person reads in a list; a caption, a title, or empty. */
  content: z.string(),
  payload: z.record(z.string(), z.unknown()),
  media: remoteMedia.optional(),
  replyTo: z.string().max(500).optional(),
  change: messageChange.optional(),
  reaction: reaction.optional(),
};

/** A message that the owner typed in the phone app of the same number. Never starts a turn; counts as a takeover. */
export const echo = z.object({
  kind: z.literal("echo"),
  externalId: z.string().min(1).max(500),
  timestamp: z.iso.datetime(),
  /** Whom it was written to; at least one name, the strongest first. */
  identities: z.array(contactIdentity).min(1),
  profile: z.object({ name: z.string().optional(), username: z.string().optional() }),
  ...body,
});

/** Parsed form of {@linkcode echo}. */
export type Echo = z.infer<typeof echo>;

/** A message of before the number came to us. */
export const historyMessage = z.object({
  externalId: z.string().min(1).max(500),
  timestamp: z.iso.datetime(),
  direction: z.enum(["inbound", "outbound"]),
  /** How far it came, as the phone app knew it; absent if it was waiting, or is not known. */
  status: z.enum(["sent", "delivered", "read", "played", "failed"]).optional(),
  ...body,
});

/** Parsed form of {@linkcode historyMessage}. */
export type HistoryMessage = z.infer<typeof historyMessage>;

/** One part of a number's past. Chunks come in any order and more than once. */
export const historyChunk = z.object({
  /** 0: the last day; 1: up to 90 days; 2: up to 180 days. Absent for files that follow their messages. */
  phase: z.number().optional(),
  chunkOrder: z.number().optional(),
  /** Percent of the whole. */
  progress: z.number().optional(),
  threads: z.array(z.object({
    identities: z.array(contactIdentity).min(1),
    messages: z.array(historyMessage),
  })),
  /** Why nothing comes, such as 2593109: the owner does not share the past. */
  refusal: z.object({ code: z.number(), title: z.string() }).optional(),
});

/** Parsed form of {@linkcode historyChunk}. */
export type HistoryChunk = z.infer<typeof historyChunk>;

/** A person was saved in the address book of the owner's phone, or taken out of it. */
export const contactSync = z.object({
  action: z.enum(["add", "remove"]),
  identities: z.array(contactIdentity).min(1),
  name: z.string().optional(),
  firstName: z.string().optional(),
  timestamp: z.iso.datetime(),
});

/** Parsed form of {@linkcode contactSync}. */
export type ContactSync = z.infer<typeof contactSync>;
