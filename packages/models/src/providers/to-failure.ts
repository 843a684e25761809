import { explainStatus } from "./explain-status.ts";
import { type FailureDetails, type FailureReason, ModelFailure } from "./model-failure.ts";
import { TooLong } from "./too-long.ts";
import { Unreadable } from "./unreadable.ts";
import { OutOfTime } from "./within-time.ts";

/** What both SDKs' errors have in common. */
export interface SdkError {
  /** Absent if there was no answer, or if the error came inside the stream. */
  status: number | undefined;
  /** The provider's code and words; only looked at, never passed on. */
  message: string;
  retryAfterMs: number | undefined;
}

/**
 * Turns whatever a call threw into a {@linkcode ModelFailure} that carries nothing of the request or the answer.
 *
 * @param sdkError What the SDK's error says, if it is one of the SDK's.
 */
export function toFailure(model: string, error: unknown, sdkError: SdkError | null): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const fail = (reason: FailureReason, what: string, more: Partial<FailureDetails> = {}) =>
    new ModelFailure(model, reason, { what, ...more });
  if (error instanceof OutOfTime || error instanceof TooLong) {
    return fail(error instanceof TooLong ? "too_long" : "timeout", error.message);
  }
  if (error instanceof Unreadable) return fail("unreadable", error.message);
  if (error instanceof SyntaxError) return fail("unreadable", "the stream holds something that is not JSON");
  if (sdkError?.status !== undefined) {
    const { status, message, retryAfterMs } = sdkError;
    const details = retryAfterMs === undefined ? {} : { retryAfterMs };
    return fail(explainStatus({ status, message }), `status ${status}`, {
      providerStatus: status,
      ...details,
    });
  }
  if (sdkError && /overloaded|server_error|internal|unavailable|timeout/i.test(sdkError.message)) {
    return fail("overloaded", "the provider failed within the stream");
  }
  return fail("connection", "the connection failed or broke off");
}
