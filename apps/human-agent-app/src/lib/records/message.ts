import * as z from "zod/mini";

const text = z.nullable(z.string());

/** A file of a message. */
const mediaRecord = z.object({
  id: z.string(),
  path: text,
  mime_type: z.string(),
  size: z.nullable(z.number()),
  file_name: text,
  duration_ms: z.nullable(z.number()),
  transcript: text,
  description: text,
  status: z.string(),
});

/** A message as `api.message` has it. */
export const messageRecord = z.object({
  id: z.string(),
  seq: z.coerce.number(),
  session_id: z.string(),
  direction: z.enum(["inbound", "outbound", "internal"]),
  sender_type: z.enum(["contact", "bot", "agent", "system"]),
  sender_id: text,
  type: z.string(),
  content: text,
  payload: z.nullable(z.record(z.string(), z.unknown())),
  media: z.nullable(mediaRecord),
  reply_to: text,
  status: z.string(),
  error: z.nullable(z.record(z.string(), z.unknown())),
  turn_id: text,
  rag_sources: z.unknown(),
  created_at: z.string(),
});

/** Parsed form of {@linkcode messageRecord}. */
export type Message = z.infer<typeof messageRecord>;

/** One list of two that may overlap, in order; where both know a message, `newer` does it better. */
export function mergeMessages(older: Message[], newer: Message[]): Message[] {
  const known = new Map(older.map((message) => [message.id, message]));
  for (const message of newer) known.set(message.id, message);
  return [...known.values()].sort((one, other) => one.seq - other.seq);
}
