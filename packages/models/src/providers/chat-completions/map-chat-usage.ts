import type { z } from "zod";
import type { ModelUsage } from "../prices/model-price.ts";
import type { chatUsage } from "./chat-chunk.ts";

/**
 * The tokens of a chat completion, in our words. `prompt_tokens` holds the cached and the written ones too.
 *
 * @see https://developers.openai.com/api/docs/guides/prompt-caching#requirements
 */
export function mapChatUsage(usage: z.infer<typeof chatUsage>): ModelUsage {
  const cachedTokens = Math.min(usage.prompt_tokens, usage.prompt_tokens_details?.cached_tokens ?? 0);
  const writtenTokens = Math.min(
    usage.prompt_tokens - cachedTokens,
    usage.prompt_tokens_details?.cache_write_tokens ?? 0,
  );
  return {
    freshTokens: usage.prompt_tokens - cachedTokens - writtenTokens,
    cachedTokens,
    writtenTokens,
    outputTokens: usage.completion_tokens,
  };
}
