import Anthropic, { APIError } from "@anthropic-ai/sdk";
import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { anthropicPrices } from "../prices/anthropic-prices.ts";
import { priceOf } from "../prices/price-of.ts";
import { providerModel } from "../provider-model.ts";
import { defaultTimeoutMs, type ProviderOptions } from "../provider-options.ts";
import { readRetryAfter } from "../read-retry-after.ts";
import { anthropicSchema } from "../schemas/anthropic-schema.ts";
import { toFailure } from "../to-failure.ts";
import { expectEventStream } from "../unreadable.ts";
import { readMessageStream } from "./read-message-stream.ts";
import { toMessageRequest } from "./to-message-request.ts";

/**
 * A model of Anthropic, through its messages: JSON by its structured output, streamed, a mark for its cache.
 *
 * @returns A model that throws {@linkcode ModelFailure}.
 */
export function anthropicModel(options: ProviderOptions): LanguageModel {
  const name = `anthropic/${options.model}`;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? "https://api.anthropic.com",
    // What the SDK would otherwise take from the environment.
    authToken: null,
    webhookKey: null,
    // The SDK would log answers that it can't read, and its retries know no deadline.
    logLevel: "off",
    maxRetries: 0,
  });
  return providerModel({
    name,
    price: options.price ?? priceOf(anthropicPrices, options.model),
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    toSchema: anthropicSchema,
    async ask(request, schema, signal, heard) {
      const body = toMessageRequest(request, schema, options);
      const { data, response } = await client.messages.create(body, { signal }).withResponse();
      expectEventStream(response.headers);
      return await readMessageStream(data, heard);
    },
    explain: (error) => toFailure(name, error, error instanceof APIError ? describe(error) : null),
  });
}

function describe({ status, type, errorCode, message, headers }: APIError) {
  return {
    status,
    message: `${errorCode ?? ""} ${type ?? ""} ${message}`,
    retryAfterMs: headers ? readRetryAfter(headers, Date.now()) : undefined,
  };
}
