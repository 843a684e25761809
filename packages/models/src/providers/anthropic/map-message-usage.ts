import type { z } from "zod";
import type { ModelUsage } from "../prices/model-price.ts";
import type { messageUsage } from "./message-event.ts";

/**
 * The tokens of a message, in our words. `input_tokens` holds neither the cached nor the written ones.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance
 */
export function mapMessageUsage(usage: z.infer<typeof messageUsage>): ModelUsage {
  return {
    freshTokens: usage.input_tokens ?? 0,
    cachedTokens: usage.cache_read_input_tokens ?? 0,
    writtenTokens: usage.cache_creation_input_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
  };
}
