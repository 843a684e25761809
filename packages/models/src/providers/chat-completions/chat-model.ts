import type { LanguageModel } from "@app/sales-engine/mod.ts";
import OpenAI, { APIError } from "openai";
import type { ModelPrice } from "../prices/model-price.ts";
import { providerModel } from "../provider-model.ts";
import { defaultTimeoutMs, type ProviderOptions } from "../provider-options.ts";
import { readRetryAfter } from "../read-retry-after.ts";
import { toFailure } from "../to-failure.ts";
import { expectEventStream } from "../unreadable.ts";
import type { ChatDialect } from "./chat-dialect.ts";
import { readChatStream } from "./read-chat-stream.ts";
import { toChatRequest } from "./to-chat-request.ts";

/** A model of any server that speaks chat completions, through OpenAI's SDK. */
export function chatModel(options: ProviderOptions, dialect: ChatDialect, price: ModelPrice): LanguageModel {
  const name = `${dialect.provider}/${options.model}`;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? dialect.baseUrl,
    // What the SDK would otherwise take from the environment.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    // The SDK would log answers that it can't read, and its retries know no deadline.
    logLevel: "off",
    maxRetries: 0,
    ...(dialect.fetch ? { fetch: dialect.fetch } : {}),
  });
  return providerModel({
    name,
    price: options.price ?? price,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    toSchema: (schema) => dialect.answerFormat === "text" ? null : dialect.toSchema(schema),
    async ask(request, schema, signal, heard) {
      const body = await toChatRequest(request, schema, options, dialect);
      const { data, response } = await client.chat.completions.create(body, { signal }).withResponse();
      expectEventStream(response.headers);
      return await readChatStream(data, heard);
    },
    explain: (error) => toFailure(name, error, error instanceof APIError ? describe(error) : null),
  });
}

function describe({ status, code, type, message, headers }: APIError) {
  return {
    status,
    message: `${code ?? ""} ${type ?? ""} ${message}`,
    retryAfterMs: headers ? readRetryAfter(headers, Date.now()) : undefined,
  };
}
