import {
  type LanguageModel,
  type ModelReply,
  type ModelRequest,
  type ModelSpending,
  noSpending,
} from "@app/sales-engine/mod.ts";
import { estimateUsage, type Heard } from "./heard.ts";
import { ModelFailure } from "./model-failure.ts";
import { costOf, type ModelPrice, type ModelUsage } from "./prices/model-price.ts";
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
   * @param heard Counts what comes of the answer.
   */
  ask(
    request: ModelRequest,
    schema: JsonSchema | null,
    signal: AbortSignal,
    heard: Heard,
  ): Promise<ProviderReply>;
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
    const heard: Heard = { hasBegun: false, letters: 0 };
    try {
      const timeoutMs = Math.max(1, Math.min(provider.timeoutMs, request.deadlineMs));
      return toModelReply(
        provider,
        await withinTime(timeoutMs, signal, (within) => provider.ask(request, schema, within, heard)),
      );
    } catch (error) {
      signal.throwIfAborted();
      const failure = provider.explain(error);
      // A provider that worked for us is paid, though it did not come to say how much.
      const isPaid = heard.hasBegun || failure.reason === "timeout";
      if (isPaid && failure.spent === noSpending) {
        failure.spent = spendingOf(provider, estimateUsage(request, heard));
      }
      throw failure;
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
  const spent = spendingOf(provider, usage);
  const fail = (reason: "cut" | "declined" | "empty", what: string) =>
    new ModelFailure(provider.name, reason, { what, ...(spent.inputTokens > 0 && { spent }) });
  if (ending === null) throw fail("cut", "the stream broke off");
  if (ending === "cut") throw fail("cut", "the answer stopped in the middle");
  if (ending === "declined") throw fail("declined", "the model declined to answer");
  if (reply.text.trim() === "" && toolCalls.length === 0) throw fail("empty", "the answer is empty");
  return {
    answer: toolCalls.length > 0 ? null : readJsonAnswer(reply.text),
    model: provider.name,
    ...spent,
    ...(toolCalls.length > 0 ? { toolCalls } : {}),
  };
}

function spendingOf({ price }: Pick<Provider, "price">, usage: ModelUsage): ModelSpending {
  return {
    inputTokens: usage.freshTokens + usage.cachedTokens + usage.writtenTokens,
    cachedTokens: usage.cachedTokens,
    outputTokens: usage.outputTokens,
    costUsd: costOf(price, usage),
  };
}
