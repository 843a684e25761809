import { z } from "zod";

const count = z.number().int().min(0).nullish();

/** Tokens; the last event that tells a kind of them is right. */
export const messageUsage = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
});

/**
 * One event of a message's stream, as far as we read it; others are left out, as the provider asks.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming#event-types
 */
export const messageEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message_start"), message: z.object({ usage: messageUsage }) }),
  z.object({
    type: z.literal("content_block_start"),
    index: z.number().int().min(0).max(1_000),
    content_block: z.object({ type: z.string(), id: z.string().optional(), name: z.string().optional() }),
  }),
  z.object({
    type: z.literal("content_block_delta"),
    index: z.number().int().min(0).max(1_000),
    delta: z.object({
      type: z.string(),
      text: z.string().optional(),
      partial_json: z.string().optional(),
    }),
  }),
  z.object({
    type: z.literal("message_delta"),
    delta: z.object({ stop_reason: z.string().nullish() }),
    usage: messageUsage.nullish(),
  }),
]);

/** Events that tell nothing we need, and those that are yet to come. */
export const otherEvent = z.object({ type: z.string() });
