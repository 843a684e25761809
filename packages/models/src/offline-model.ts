import type { LanguageModel, Proposal } from "@app/sales-engine/mod.ts";
import { propose } from "./propose.ts";
import { passagesIn, wantedSearch } from "./search/search-knowledge.ts";

/** Characters that a token has on average, in Latin script. */
const charactersPerToken = 4;

/**
 * A model that needs no provider: it plays any valid machine from the machine's own texts, fields and examples, in
 * Spanish, English and Portuguese. Deterministic: the same request gets the same answer. Costs nothing; tokens are
 * estimated, so that budgets can be tried out.
 */
export function offlineModel(): LanguageModel {
  return {
    name: "offline",
    complete(request, signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const search = wantedSearch(request);
      const answer: Proposal | null = search ? null : propose(request.snapshot, passagesIn(request));
      const cached = request.blocks.filter((block) => block.isCacheable);
      return Promise.resolve({
        answer,
        ...(search && { toolCalls: [search] }),
        model: "offline",
        inputTokens: countTokens(request.blocks.map((block) => block.text)),
        cachedTokens: countTokens(cached.map((block) => block.text)),
        outputTokens: countTokens([JSON.stringify(search ?? answer)]),
        costUsd: 0,
      });
    },
  };
}

function countTokens(texts: string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + text.length, 0) / charactersPerToken);
}
