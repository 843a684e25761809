import { z } from "zod";

const count = z.number().int().min(0).nullish().transform((value) => value ?? 0);

/** The tokens of a chat completion, as the last chunk of its stream tells them. */
export const chatUsage = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
});

/** A piece of a tool call; the first one of an index has id and name. */
const toolCallDelta = z.object({
  index: z.number().int().min(0).max(127).default(0),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
});

/**
 * One event of a chat completion's stream, as far as we read it.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const chatChunk = z.object({
  choices: z.array(z.object({
    delta: z.object({
      content: z.string().nullish(),
      refusal: z.string().nullish(),
      tool_calls: z.array(toolCallDelta).nullish(),
    }).nullish(),
    finish_reason: z.string().nullish(),
  })),
  usage: chatUsage.nullish(),
});
