import type Anthropic from "@anthropic-ai/sdk";
import type { ModelRequest, PromptBlock } from "@app/sales-engine/mod.ts";
import { defaultMaxOutputTokens, type ProviderOptions } from "../provider-options.ts";
import { anthropicSchema } from "../schemas/anthropic-schema.ts";
import type { JsonSchema } from "../schemas/json-schema.ts";
import { mapEffort } from "./map-effort.ts";
import { toMessages } from "./to-messages.ts";

/**
 * A request as Anthropic's messages want it. The provider reads tools, then `system`, then `messages`; the mark
 * behind the last cacheable block of `system` covers all that is the same for a tenant and machine version.
 *
 * @param schema In the provider's form; `null` leaves the form of the answer to the prompt.
 */
export function toMessageRequest(
  request: ModelRequest,
  schema: JsonSchema | null,
  options: Pick<ProviderOptions, "model" | "maxOutputTokens" | "effort">,
): Anthropic.MessageCreateParamsStreaming {
  const effort = mapEffort(options.effort);
  const outputConfig = {
    ...(schema ? { format: { type: "json_schema" as const, schema } } : {}),
    ...(effort ? { effort } : {}),
  };
  return {
    model: options.model,
    max_tokens: options.maxOutputTokens ?? defaultMaxOutputTokens,
    stream: true,
    ...(Object.keys(outputConfig).length > 0 ? { output_config: outputConfig } : {}),
    ...(request.tools?.length ? { tools: toTools(request) } : {}),
    system: toSystem(request.blocks),
    messages: toMessages(request),
  };
}

function toSystem(blocks: PromptBlock[]): Anthropic.TextBlockParam[] {
  const system = blocks.filter(({ role }) => role === "system");
  const lastCacheable = system.findLastIndex((block) => block.isCacheable);
  return system.map(({ text }, index) => ({
    type: "text",
    text,
    ...(index === lastCacheable ? { cache_control: { type: "ephemeral" } } : {}),
  }));
}

function toTools({ tools = [] }: ModelRequest): Anthropic.Tool[] {
  return tools.map(({ name, description, parameters }) => {
    const strict = anthropicSchema(parameters);
    return {
      name,
      description,
      input_schema: { ...(strict ?? parameters), type: "object" },
      ...(strict ? { strict: true } : {}),
    };
  });
}
