import type { LanguageModel } from "@app/sales-engine/mod.ts";
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen } from "cockatiel";
import { ModelFailure } from "../model-failure.ts";

/** When to stop asking, and for how long. */
export interface CircuitOptions {
  /** Failures in a row after which the model is not asked. Default 5. */
  failures?: number;
  /** Time until one call tries again. Default 30,000 ms. */
  openMs?: number;
}

/**
 * Stops asking a model that keeps failing, so that turns go to the next one at once rather than after its timeout.
 * Only failures that may pass count: a request that is refused says nothing about the provider's health. Keep the
 * returned model: the count is in it.
 *
 * @returns A model that throws {@linkcode ModelFailure} with reason `circuit_open` while it is not asked.
 */
export function withCircuitBreaker(model: LanguageModel, options: CircuitOptions = {}): LanguageModel {
  const { failures = 5, openMs = 30_000 } = options;
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof ModelFailure && error.retryable),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) },
  );
  return {
    name: model.name,
    async complete(request, signal) {
      try {
        return await circuit.execute(() => model.complete(request, signal));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw new ModelFailure(model.name, "circuit_open", { what: "it failed too often just now" });
      }
    },
  };
}
