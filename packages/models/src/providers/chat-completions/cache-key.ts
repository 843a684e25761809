import type { PromptBlock } from "@app/sales-engine/mod.ts";

/**
 * Names the cacheable blocks of a prompt, so that a provider sends requests that begin alike to the same machine.
 * Prompts of one tenant and machine version have the same key; at most 64 characters.
 *
 * @see https://developers.openai.com/api/docs/guides/prompt-caching (prompt_cache_key)
 */
export async function cacheKey(blocks: PromptBlock[]): Promise<string> {
  const prefix = blocks.filter((block) => block.isCacheable).map((block) => block.text).join("\u0000");
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(prefix));
  return [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
