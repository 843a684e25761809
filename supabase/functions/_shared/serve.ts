/** What every function does around its handler: an id, one log line, errors as responses, CORS. */
import { EngineError, TooManyRequests } from "@app/contracts/mod.ts";
import { corsHeaders, withCors } from "./cors.ts";
import { errorResponse } from "./errors.ts";
import { describeError, log, type LogFields } from "./log.ts";
import { addressOf, type RateLimits } from "./rate-limits.ts";

/** What a handler is told about its request beside the request. */
export interface RequestContext {
  /** In the log line and in the answer's `x-request-id`; the caller's own if it sent a plausible one. */
  requestId: string;
  /** Adds ids, counts and codes to the request's log line. */
  note(fields: LogFields): void;
}

/** A handler: parse, act, respond. It throws what goes wrong. */
export type Handler = (
  request: Request,
  context: RequestContext,
) => Promise<Response>;

/** What an edge function exports as default. */
export interface EdgeFunction {
  fetch(request: Request): Promise<Response>;
}

/**
 * Makes an edge function of a handler.
 *
 * @param name The function's folder; named in the log.
 * @param options `cors`: browsers on other origins call it, so preflights are answered. Default false. `limits`: whoever is
 *   refused with 401 or 403 too often is told 429; what is not refused pays nothing for it.
 */
export function serve(
  name: string,
  handle: Handler,
  options: { cors?: boolean; limits?: RateLimits } = {},
): EdgeFunction {
  async function fetch(request: Request): Promise<Response> {
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    const fields: LogFields = {};
    const note = (more: LogFields) => void Object.assign(fields, more);
    let response: Response;
    try {
      response = await handle(request, { requestId, note });
    } catch (error) {
      note(
        error instanceof EngineError && error.status < 500 ? { code: error.code } : describeError(error),
      );
      response = errorResponse(error, requestId);
    }
    if (options.limits && (response.status === 401 || response.status === 403)) {
      response = await limitRefusal(name, request, options.limits, requestId) ?? response;
    }
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    const { status } = response;
    log(status < 500 ? "info" : "error", "request", {
      function: name,
      id: requestId,
      method: request.method,
      status,
      ms,
      ...fields,
    });
    response.headers.set("x-request-id", requestId);
    return response;
  }

  if (!options.cors) return { fetch };
  return {
    async fetch(request) {
      if (request.method === "OPTIONS") {
        return new Response(null, { status: 204, headers: corsHeaders });
      }
      return withCors(await fetch(request));
    },
  };
}

/** @returns Nothing while the address may go on being refused, and when the buckets cannot be read. */
async function limitRefusal(
  name: string,
  request: Request,
  limits: RateLimits,
  requestId: string,
): Promise<Response | undefined> {
  try {
    await limits.take("refusal", `${name}:${addressOf(request)}`);
  } catch (error) {
    if (error instanceof TooManyRequests) return errorResponse(error, requestId);
  }
}

function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
}
