import { z } from "zod";
import { messageTypes } from "./message-types.ts";

/** What an app asks of the function `send-human-message`. */
export const humanMessageRequest = z.object({
  tenant_id: z.uuid(),
  session_id: z.uuid(),
  /**
   * The fence that the writer saw, for a message that waited on the device: it is refused if anything happened since.
   * Left out for a message that is sent at once.
   */
  base_fence: z.number().int().nonnegative().optional(),
  message: z.object({
    /** Made by the writer's device; the same id again changes nothing. */
    id: z.uuid(),
    type: z.enum(messageTypes).exclude(["note", "system", "unsupported", "order"]),
    /** What was written; for a file its caption, for a template its text as the contact reads it. */
    content: z.string().max(4096),
    /** How the channel says it, when text alone does not: `outboundContent`. */
    payload: z.record(z.string(), z.unknown()).optional(),
    /** A file that was uploaded to the tenant's bucket. */
    media: z.object({
      path: z.string().min(1).max(500),
      mime_type: z.string().min(3).max(200),
      size: z.number().int().nonnegative(),
      file_name: z.string().max(240).optional(),
      duration_ms: z.number().int().nonnegative().optional(),
    }).optional(),
    /** Our id of the message that this one answers. */
    reply_to: z.uuid().optional(),
  }).refine(
    ({ type, content, payload, media }) =>
      type === "text" ? content.trim() !== "" : Boolean(payload ?? media),
    { message: "a text has words, anything else a payload or a file" },
  ),
});

/** Parsed form of {@linkcode humanMessageRequest}. */
export type HumanMessageRequest = z.infer<typeof humanMessageRequest>;

/** What the function answers. */
export const sentHumanMessage = z.object({
  id: z.uuid(),
  /** Its place in the conversation. */
  seq: z.number().int(),
  status: z.string(),
  /** False: it had been stored before. */
  is_new: z.boolean(),
});

/** Parsed form of {@linkcode sentHumanMessage}. */
export type SentHumanMessage = z.infer<typeof sentHumanMessage>;

/** Why a message may not leave; the app explains each and offers the way out. */
export const sendRefusals = [
  "not_open",
  "not_taken_over",
  "held_by_colleague",
  "contact_blocked",
  "contact_opted_out",
  "window_closed",
  "conversation_moved_on",
  "nothing_to_answer",
  "id_is_taken",
] as const;

/** One of {@linkcode sendRefusals}. */
export type SendRefusal = (typeof sendRefusals)[number];
