import { z } from "zod";
import { jsonObject, messageStatus, statusError } from "./ledger-event.ts";

/** A message in a chat, with all that became of it. */
export const chatMessage = z.object({
  wamid: z.string(),
  /** As the business sees it: `inbound` was written by the customer. */
  direction: z.enum(["inbound", "outbound"]),
  phone_number_id: z.string(),
  customer: z.string(),
  /** ISO 8601; for an inbound message the time the customer wrote it. */
  at: z.string(),
  /** Milliseconds since 1970 when the ledger heard of it: a webhook is tried for 7 days from here. */
  heard_at: z.number().optional(),
  /** The provider's words: the webhook's message, or the body of the send request. */
  message: jsonObject,
  /** Outbound: typed in the business's own phone app. */
  is_echo: z.boolean().optional(),
  /** Inbound: the words that the customer put in its place. */
  edited: jsonObject.optional(),
  /** Inbound: the customer deleted it for everyone. */
  is_revoked: z.boolean().optional(),
  callback_data: z.string().optional(),
  addressed_by: z.enum(["phone", "bsuid"]).optional(),
  /** Outbound: every status so far, in order. */
  statuses: z.array(messageStatus),
  error: statusError.optional(),
  /** Inbound: whether the product has answered 200. */
  acknowledged: z.boolean(),
  /** Inbound: refused deliveries so far. */
  attempts: z.number(),
  /** Inbound: whether the business has marked it as read. */
  seen: z.boolean(),
  /** Outbound: statuses that the product has not acknowledged yet. */
  owed: z.array(messageStatus),
});

/** Parsed form of {@linkcode chatMessage}. */
export type ChatMessage = z.infer<typeof chatMessage>;
