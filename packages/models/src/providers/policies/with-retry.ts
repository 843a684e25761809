import { addSpending, type LanguageModel, noSpending } from "@app/sales-engine/mod.ts";
import { ModelFailure } from "../model-failure.ts";
import { chargeReply } from "./charge-reply.ts";
import { type Pacing, systemPacing } from "./pacing.ts";

/** How often and how patiently to ask again. */
export interface RetryOptions {
  /** Calls altogether. Default 3. */
  attempts?: number;
  /** Longest wait between two calls; a provider that wants more is given up at once. Default 20,000 ms. */
  longestWaitMs?: number;
  pacing?: Pacing;
}

/** First wait when the provider names none: 0.25 to 0.5 s, then twice as long each time. */
const firstWaitMs = 500;
/** With less time than this after the wait, another call would only miss the deadline. */
const leastCallMs = 2_000;

/**
 * Asks again after failures that may pass, at the time that the provider names (`retry-after`) or after a growing
 * wait with jitter, and only if an answer can still come before the request's deadline.
 *
 * @returns A model that throws the last failure.
 */
export function withRetry(model: LanguageModel, options: RetryOptions = {}): LanguageModel {
  const { attempts = 3, longestWaitMs = 20_000, pacing = systemPacing } = options;
  return {
    name: model.name,
    async complete(request, signal) {
      const endMs = pacing.nowMs() + request.deadlineMs;
      let spent = noSpending;
      for (let attempt = 1;; attempt++) {
        const leftMs = endMs - pacing.nowMs();
        try {
          return chargeReply(await model.complete({ ...request, deadlineMs: leftMs }, signal), spent);
        } catch (error) {
          if (error instanceof ModelFailure) spent = error.spent = addSpending(error.spent, spent);
          if (attempt >= attempts || !(error instanceof ModelFailure) || !error.retryable) throw error;
          const waitMs = error.retryAfterMs ??
            firstWaitMs * 2 ** (attempt - 1) * (0.5 + pacing.random() / 2);
          const isWorthIt = waitMs <= longestWaitMs && endMs - pacing.nowMs() - waitMs >= leastCallMs;
          if (!isWorthIt) throw error;
          await pacing.wait(waitMs, signal);
        }
      }
    },
  };
}
