import { addSpending, type LanguageModel, noSpending, spentOn } from "@app/sales-engine/mod.ts";
import { ModelFailure } from "../model-failure.ts";
import { chargeReply } from "./charge-reply.ts";
import { type Pacing, systemPacing } from "./pacing.ts";

/**
 * Asks the first model and, whenever one fails, the next. Each gets an equal share of the time that is left, so
 * that one that hangs leaves time for the others; the last gets all of it. What a model refuses for good (a key
 * that is not valid, a request that it doesn't take) is no reason to stop: another provider may take it.
 *
 * @param models At least one, the preferred first.
 * @returns A model that throws the last failure that may pass, or else the last failure.
 * @throws {RangeError} If there is no model.
 */
export function withFallback(models: LanguageModel[], pacing: Pacing = systemPacing): LanguageModel {
  const [first] = models;
  if (!first) throw new RangeError("Cannot make a chain of models: there are none, wanted is at least one");
  return {
    name: first.name,
    async complete(request, signal) {
      const endMs = pacing.nowMs() + request.deadlineMs;
      const failures: unknown[] = [];
      let spent = noSpending;
      for (const [index, model] of models.entries()) {
        const leftMs = endMs - pacing.nowMs();
        if (leftMs <= 0) break;
        try {
          const deadlineMs = leftMs / (models.length - index);
          return chargeReply(await model.complete({ ...request, deadlineMs }, signal), spent);
        } catch (error) {
          signal.throwIfAborted();
          failures.push(error);
          spent = addSpending(spent, spentOn(error));
        }
      }
      const told = failures.findLast((error) => error instanceof ModelFailure && error.retryable) ??
        failures.at(-1) ?? new ModelFailure(first.name, "timeout", { what: "no time was left" });
      if (told instanceof ModelFailure) told.spent = spent;
      throw told;
    },
  };
}
