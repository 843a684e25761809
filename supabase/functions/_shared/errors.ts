/** How an error looks from outside. */
import { Conflict, EngineError, TooManyRequests } from "@app/contracts/mod.ts";

/**
 * The response of an error. An {@linkcode EngineError} tells its code and message; anything else is a bug, and its
 * answer tells nothing but the request's id, by which the log is searched.
 */
export function errorResponse(error: unknown, requestId: string): Response {
  if (!(error instanceof EngineError)) {
    return Response.json(
      { error: { code: "internal", request_id: requestId } },
      { status: 500 },
    );
  }
  const { code, message, status, retryable } = error;
  const seconds = error instanceof TooManyRequests ? error.retryAfterSeconds : 5;
  const headers = retryable ? { "retry-after": String(seconds) } : undefined;
  const reason = error instanceof Conflict ? error.reason : undefined;
  return Response.json({ error: { code, message, reason, request_id: requestId } }, {
    status,
    headers,
  });
}
