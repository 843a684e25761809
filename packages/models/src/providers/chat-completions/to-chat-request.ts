import type { ModelRequest } from "@app/sales-engine/mod.ts";
import type OpenAI from "openai";
import { defaultMaxOutputTokens, type ProviderOptions } from "../provider-options.ts";
import type { JsonSchema } from "../schemas/json-schema.ts";
import { cacheKey } from "./cache-key.ts";
import type { ChatDialect } from "./chat-dialect.ts";
import { toChatMessages } from "./to-chat-messages.ts";

/**
 * A request as chat completions want it. What stays the same comes first: schema and tools, then the cacheable
 * blocks, so that providers find the beginning in their cache.
 *
 * @param schema In the provider's form; `null` leaves the form of the answer to the prompt.
 */
export async function toChatRequest(
  request: ModelRequest,
  schema: JsonSchema | null,
  options: Pick<ProviderOptions, "model" | "maxOutputTokens" | "effort">,
  dialect: ChatDialect,
): Promise<OpenAI.ChatCompletionCreateParamsStreaming> {
  const isCacheable = request.blocks.some((block) => block.isCacheable);
  return {
    model: options.model,
    stream: true,
    stream_options: { include_usage: true },
    [dialect.limitName]: options.maxOutputTokens ?? defaultMaxOutputTokens,
    ...(options.effort === undefined ? {} : { reasoning_effort: options.effort }),
    ...answerFormat(schema, dialect),
    ...(request.tools?.length ? { tools: toTools(request, dialect) } : {}),
    // Explicit marks alone: an implicit one behind the customer's words would be written and paid, and never read.
    ...(dialect.caching === "marked" ? { prompt_cache_options: { mode: "explicit" as const } } : {}),
    ...(dialect.caching !== "none" && isCacheable
      ? { prompt_cache_key: await cacheKey(request.blocks) }
      : {}),
    messages: toChatMessages(request, dialect.caching === "marked"),
  };
}

function answerFormat(
  schema: JsonSchema | null,
  dialect: ChatDialect,
): Pick<OpenAI.ChatCompletionCreateParamsStreaming, "response_format"> {
  if (dialect.answerFormat === "text" || schema === null) return {};
  return dialect.answerFormat === "json_object" ? { response_format: { type: "json_object" } } : {
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
  };
}

function toTools({ tools = [] }: ModelRequest, dialect: ChatDialect): OpenAI.ChatCompletionFunctionTool[] {
  return tools.map(({ name, description, parameters }) => {
    const strict = dialect.answerFormat === "json_schema" ? dialect.toSchema(parameters) : null;
    const form = strict ? { parameters: strict, strict: true } : { parameters };
    return { type: "function", function: { name, description, ...form } };
  });
}
