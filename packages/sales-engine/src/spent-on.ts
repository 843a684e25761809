import type { ModelSpending } from "./language-model.ts";

/** Nothing was spent. */
export const noSpending: ModelSpending = { inputTokens: 0, cachedTokens: 0, outputTokens: 0, costUsd: 0 };

/** Both together. */
export function addSpending(one: ModelSpending, other: ModelSpending): ModelSpending {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd + other.costUsd,
  };
}

/** What a model spent before it failed: the `spent` of its error; nothing where the error does not tell. */
export function spentOn(error: unknown): ModelSpending {
  if (!(error instanceof Error) || !("spent" in error)) return noSpending;
  const { spent } = error;
  return isSpending(spent) ? spent : noSpending;
}

function isSpending(value: unknown): value is ModelSpending {
  if (typeof value !== "object" || value === null) return false;
  const numbers: Record<string, unknown> = { ...value };
  return Object.keys(noSpending).every((name) => Number.isFinite(numbers[name]));
}
