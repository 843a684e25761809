import type { ModelReply, ModelRequest } from "@app/sales-engine/mod.ts";
import { buildSnapshot, demoMachines } from "@app/sales-engine/testing.ts";
import { type FailureDetails, type FailureReason, ModelFailure } from "../../model-failure.ts";

/** A small request with a minute to answer, unless told otherwise. */
export function buildRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    blocks: [
      { role: "system", text: "You answer customers.", isCacheable: true },
      { role: "user", text: "hola", isCacheable: false },
    ],
    schema: { type: "object", properties: {} },
    snapshot: buildSnapshot(demoMachines.gym),
    deadlineMs: 60_000,
    ...changes,
  };
}

/** What a model replied that gave no trouble. */
export function buildReply(model: string): ModelReply {
  return { answer: {}, model, inputTokens: 10, cachedTokens: 0, outputTokens: 1, costUsd: 0 };
}

/** A failure of a model, for a reason. */
export function buildFailure(reason: FailureReason, details: Partial<FailureDetails> = {}): ModelFailure {
  return new ModelFailure("test/model", reason, { what: reason, ...details });
}
