import type { JsonSchema } from "../schemas/json-schema.ts";

/** What servers that speak chat completions do each in their own way. */
export interface ChatDialect {
  /** First part of the model's name. */
  provider: string;
  baseUrl: string;
  /** How the form of the answer is told: by a strict schema, as any JSON, or only in the prompt. */
  answerFormat: "json_schema" | "json_object" | "text";
  toSchema(schema: JsonSchema): JsonSchema | null;
  /** How the limit of tokens is called. */
  limitName: "max_completion_tokens" | "max_tokens";
  /**
   * What is said about the cache: `marked` sets a breakpoint behind the cacheable blocks and a key, `keyed` only
   * the key, `none` nothing, since unknown keys are refused.
   */
  caching: "marked" | "keyed" | "none";
  /** In place of the platform's `fetch`, where answers need mending before the SDK reads them. */
  fetch?: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}
