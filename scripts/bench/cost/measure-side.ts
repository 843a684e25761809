import { inputCost, offlineModel } from "@app/models/mod.ts";
import { type DoubledCall, startProviderDouble } from "@app/models/testing.ts";
import type { LanguageModel } from "@app/sales-engine/mod.ts";
import type { Customer } from "./customer.ts";
import type { MeasuredModel } from "./measured-models.ts";
import { playConversation } from "./play-conversation.ts";

/** What a conversation came to on one side of the comparison. */
export interface SideResult {
  turns: number;
  calls: DoubledCall[];
  inputTokens: number;
  cachedTokens: number;
  writtenTokens: number;
  /** US dollars for all input. */
  inputUsd: number;
}

/** How a side plays. */
export interface Side {
  /** Messages merged into one turn. */
  burst: number;
  /** Whether the beginning of the prompt may be cached. */
  isCached: boolean;
}

/**
 * Plays a conversation through the real adapter and SDK against the provider's double, with a cold cache. The offline
 * model writes the answers; the double counts tokens as the provider would: only beginnings that are the same byte
 * for byte, from 1,024 tokens on, are read from the cache.
 */
export async function measureSide(
  measured: MeasuredModel,
  customer: Customer,
  side: Side,
): Promise<SideResult> {
  const offline = offlineModel();
  let answer = "";
  const double = startProviderDouble(measured.provider, { answer: () => ({ text: answer }) });
  const { apiKey, url: baseUrl, calls } = double;
  const adapter = measured.make({ apiKey, baseUrl, model: measured.model });
  const model: LanguageModel = {
    name: measured.model,
    async complete(request, signal) {
      answer = JSON.stringify((await offline.complete(request, signal)).answer);
      const blocks = request.blocks.map((block) => ({
        ...block,
        isCacheable: block.isCacheable && side.isCached,
      }));
      return await adapter.complete({ ...request, blocks }, signal);
    },
  };
  try {
    const turns = await playConversation(customer, model, side.burst);
    return { turns, calls, ...sumUp(calls, measured, side) };
  } finally {
    await double.stop();
  }
}

function sumUp(calls: DoubledCall[], { model, prices }: MeasuredModel, { isCached }: Side) {
  const price = prices.models[model];
  if (!price) throw new Error(`Cannot price ${model}: the table does not know it`);
  const totals = { inputTokens: 0, cachedTokens: 0, writtenTokens: 0, inputUsd: 0 };
  for (const { tokens, refusal } of calls) {
    if (!tokens) throw new Error(`Cannot count a call: the provider refused it: ${refusal?.message}`);
    // Providers that find beginnings by themselves can't be told not to, so the naive side counts them as fresh.
    const all = tokens.fresh + tokens.cached + tokens.written;
    const usage = isCached
      ? { freshTokens: tokens.fresh, cachedTokens: tokens.cached, writtenTokens: tokens.written }
      : { freshTokens: all, cachedTokens: 0, writtenTokens: 0 };
    totals.inputTokens += all;
    totals.cachedTokens += usage.cachedTokens;
    totals.writtenTokens += usage.writtenTokens;
    totals.inputUsd += inputCost(price, usage);
  }
  return totals;
}
