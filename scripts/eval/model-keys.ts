import type { ModelKeys } from "@app/models/mod.ts";
import { z } from "zod";

const servers = z.array(z.object({ baseUrl: z.url(), apiKey: z.string() }));

/**
 * The keys that the environment holds, by the names that deployments use (`.env.example`). A server that
 * `--base-url` names and `MODEL_SERVERS` does not know is asked with the key "none".
 */
export function keysOf(environment: Record<string, string | undefined>, baseUrl?: string): ModelKeys {
  const { OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, MODEL_SERVERS } = environment;
  const known = MODEL_SERVERS ? servers.parse(JSON.parse(MODEL_SERVERS)) : [];
  return {
    ...(OPENAI_API_KEY && { openai: { apiKey: OPENAI_API_KEY } }),
    ...(ANTHROPIC_API_KEY && { anthropic: { apiKey: ANTHROPIC_API_KEY } }),
    ...(GEMINI_API_KEY && { gemini: { apiKey: GEMINI_API_KEY } }),
    compatible: [...known, ...(baseUrl === undefined ? [] : [{ baseUrl, apiKey: "none" }])],
  };
}
