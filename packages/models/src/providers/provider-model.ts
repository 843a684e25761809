import type { LanguageModel, ModelReply, ModelRequest } from "@app/sales-engine/mod.ts";
import { ModelFailure } from "./model-failure.ts";
import { costOf, type ModelPrice } from "./prices/model-price.ts";
import type { ProviderReply } from "./provider-reply.ts";
import { readJsonAnswer } from "./read-json-answer.ts";
import type { JsonSchema } from "./schemas/json-schema.ts";
import { withinTime } from "./within-time.ts";

/** What is particular to a provider. */
export interface Provider {
  /** Such as `openai/gpt-6.1-terra`; stored with the turn. */
  name: string;
  price: ModelPrice;
  timeoutMs: number;
  /** The schema in the provider's strict form; `null` if it has none for it. */
  toSchema(schema: JsonSchema): JsonSchema | null;
  /**
   * One request, one stream.
   *
   * @param schema What the provider has to keep to; `null` leaves the form to the prompt.
   */
  ask(request: ModelRequest, schema: JsonSchema | null, signal: AbortSignal): Promise<ProviderReply>;
  /** What `ask` threw, as a failure. */
  explain(error: unknown): ModelFailure;
}

/**
 * A model behind a provider's wire format: one call within its time, the answer as JSON, its cost. A schema that
 * the provider refuses is not sent again; the prompt holds the form of the answer in words as well.
 *
 * @returns A model that throws {@linkcode ModelFailure}, or the reason of a signal that is aborted.
 */
export function providerModel(provider: Provider): LanguageModel {
  const refusedSchemas = new WeakSet<JsonSchema>();

  async function call(
    request: ModelRequest,
    schema: JsonSchema | null,
    signal: AbortSignal,
  ): Promise<ModelReply> {
    try {
      const timeoutMs = Math.max(1, Math.min(provider.timeoutMs, request.deadlineMs));
      return toModelReply(
        provider,
        await withinTime(timeoutMs, signal, (within) => provider.ask(request, schema, within)),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw provider.explain(error);
    }
  }

  return {
    name: provider.name,
    async complete(request, signal) {
      const schema = refusedSchemas.has(request.schema) ? null : provider.toSchema(request.schema);
      try {
        return await call(request, schema, signal);
      } catch (error) {
        const isRefused = error instanceof ModelFailure && error.reason === "schema_refused";
        if (!isRefused || schema === null) throw error;
        refusedSchemas.add(request.schema);
        return await call(request, null, signal);
      }
    },
  };
}

function toModelReply(provider: Provider, reply: ProviderReply): ModelReply {
  const { usage, toolCalls, ending } = reply;
  const fail = (reason: "cut" | "declined" | "empty", what: string) =>
    new ModelFailure(provider.name, reason, { what });
  if (ending === null) throw fail("cut", "the stream broke off");
  if (ending === "cut") throw fail("cut", "the answer stopped in the middle");
  if (ending === "declined") throw fail("declined", "the model declined to answer");
  if (reply.text.trim() === "" && toolCalls.length === 0) throw fail("empty", "the answer is empty");
  return {
    answer: toolCalls.length > 0 ? null : readJsonAnswer(reply.text),
    model: provider.name,
    inputTokens: usage.freshTokens + usage.cachedTokens + usage.writtenTokens,
    cachedTokens: usage.cachedTokens,
    outputTokens: usage.outputTokens,
    costUsd: costOf(provider.price, usage),
    ...(toolCalls.length > 0 ? { toolCalls } : {}),
  };
}
