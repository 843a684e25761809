import type { LanguageModel } from "@app/sales-engine/mod.ts";
import type { ProviderOptions } from "../provider-options.ts";
import { openaiSchema } from "../schemas/openai-schema.ts";
import { chatModel } from "./chat-model.ts";

/** What a server of one's own needs to know. */
export interface CompatibleOptions extends ProviderOptions {
  /** Where it answers, up to and without `/chat/completions`. */
  baseUrl: string;
  /** What the server can be told about the form of the answer. Default `json_schema`. */
  answerFormat?: "json_schema" | "json_object" | "text";
}

/** A server of one's own costs what its machine costs, unless a price is given. */
const free = { input: 0, cachedInput: 0, cacheWrite: 0, output: 0 };

/**
 * A model of any server that speaks OpenAI's chat completions, such as vLLM, Ollama or a gateway.
 *
 * @returns A model that throws {@linkcode ModelFailure}.
 */
export function compatibleModel(options: CompatibleOptions): LanguageModel {
  const dialect = {
    provider: "compatible",
    baseUrl: options.baseUrl,
    answerFormat: options.answerFormat ?? "json_schema",
    toSchema: openaiSchema,
    limitName: "max_tokens",
    caching: "none",
  } as const;
  return chatModel(options, dialect, free);
}
