import { z } from "zod";
import { contactIdentity } from "./contact-identity.ts";

/** A person says what they want to get. Idempotent: the newest `timestamp` of a category counts. */
export const preferenceUpdate = z.object({
  identities: z.array(contactIdentity).min(1),
  /** `marketing_messages` until Meta names another. */
  category: z.string().max(200),
  /** `stop`: no more; `resume` and `signup`: welcome again. */
  value: z.enum(["stop", "resume", "signup"]),
  timestamp: z.iso.datetime(),
});

/** Parsed form of {@linkcode preferenceUpdate}. */
export type PreferenceUpdate = z.infer<typeof preferenceUpdate>;

/** Something about a call. A call of the customer opens the reply window as a message does. */
export const callEvent = z.object({
  /** The provider's id of the call; several events share it. */
  externalId: z.string().min(1).max(500),
  /** `connect`, `terminate`, or the provider's word for a state of ringing. */
  event: z.string().max(100),
  /** Who called; absent if the provider does not tell. */
  direction: z.enum(["inbound", "outbound"]).optional(),
  /** The customer; may be empty in states of a call of ours. */
  identities: z.array(contactIdentity),
  timestamp: z.iso.datetime(),
  /** As it came. */
  body: z.record(z.string(), z.unknown()),
});

/** Parsed form of {@linkcode callEvent}. */
export type CallEvent = z.infer<typeof callEvent>;

/** A copy of what another agent handles, or a notice that a thread changed hands: kept, never answered. */
export const passiveCopy = z.object({
  field: z.enum(["standby", "messaging_handovers"]),
  body: z.record(z.string(), z.unknown()),
});

/** Parsed form of {@linkcode passiveCopy}. */
export type PassiveCopy = z.infer<typeof passiveCopy>;
