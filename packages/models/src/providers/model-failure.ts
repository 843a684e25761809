import { Unavailable } from "@app/contracts/mod.ts";
import { type ModelSpending, noSpending } from "@app/sales-engine/mod.ts";

/** Why a model gave no answer that can be used. */
export type FailureReason =
  /** Too many requests, or too many tokens, for this key. */
  | "rate_limited"
  /** The provider has no room, or failed itself. */
  | "overloaded"
  | "timeout"
  /** No connection, or it broke before an answer began. */
  | "connection"
  /** The answer broke off: the stream ended early, or the limit of tokens was reached. */
  | "cut"
  /** What came back is not the provider's wire format. */
  | "unreadable"
  | "empty"
  | "too_long"
  /** The model declined to answer this. */
  | "declined"
  | "unauthorized"
  /** The account of the key has no money left. */
  | "unpaid"
  /** The provider does not take the request as it is. */
  | "invalid_request"
  /** The provider does not take the schema of the answer. */
  | "schema_refused"
  /** It failed so often just now that it is not asked. */
  | "circuit_open";

/** Reasons that asking the same model again does not mend. */
const lasting: ReadonlySet<FailureReason> = new Set([
  "declined",
  "unauthorized",
  "unpaid",
  "invalid_request",
  "schema_refused",
]);

/** What is known about a failure beside its reason. */
export interface FailureDetails {
  /** What happened, in words; no text of customers, no key. */
  what: string;
  /** HTTP status of the provider's answer. */
  providerStatus?: number;
  /** Time after which the provider wants to be asked again. */
  retryAfterMs?: number;
  /** What was paid all the same. Default: nothing. */
  spent?: ModelSpending;
}

/** A model gave no answer that can be used. Its message names provider, model and cause, never texts or keys. */
export class ModelFailure extends Unavailable {
  override readonly name = "ModelFailure";
  override readonly retryable: boolean;
  readonly providerStatus: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** What was paid all the same, with what earlier failures of the same call cost. */
  spent: ModelSpending;

  /** @param model As the model calls itself, such as `openai/gpt-6.1-terra`. */
  constructor(readonly model: string, readonly reason: FailureReason, details: FailureDetails) {
    super(`Cannot get an answer of ${model}: ${details.what}`);
    this.retryable = !lasting.has(reason);
    this.providerStatus = details.providerStatus;
    this.retryAfterMs = details.retryAfterMs;
    this.spent = details.spent ?? noSpending;
  }
}
