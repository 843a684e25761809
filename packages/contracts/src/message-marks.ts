import { z } from "zod";
import { messageTypes } from "./message-types.ts";

const words = {
  type: z.enum(messageTypes),
  content: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
};

/**
 * What the payload of a stored message tells about it beside its own body: keys that the product writes there, so that
 * whoever shows a message shows what became of it.
 */
export const messageMarks = z.object({
  /** The newest reaction of each side; one that was taken back is absent. */
  reactions: z.array(z.object({ by: z.enum(["contact", "owner"]), emoji: z.string(), at: z.string() }))
    .optional(),
  /** When what it says now was written. */
  edited_at: z.string().optional(),
  /** What it said before, oldest first; `at`: since when. */
  edits: z.array(z.object({ at: z.string(), ...words })).optional(),
  /** When it was taken back; `content` is then empty. */
  revoked_at: z.string().optional(),
  /** What was taken back: for people, never for the engine. */
  before: z.object(words).optional(),
  /** `phone_app`: the owner typed it in the phone app of the same number. */
  source: z.literal("phone_app").optional().catch(undefined),
});

/** Parsed form of {@linkcode messageMarks}. */
export type MessageMarks = z.infer<typeof messageMarks>;
