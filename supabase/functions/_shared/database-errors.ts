/** What an error of Postgres or of the way to it means for a caller. */
import {
  Conflict,
  type EngineError,
  Forbidden,
  InvalidInput,
  NotFound,
  TooManyRequests,
  Unavailable,
} from "@app/contracts/mod.ts";
import { z } from "zod";

/** Deadlock and serialization failure: the same transaction, run again, succeeds. */
export function isWorthRetrying(error: unknown): boolean {
  return ["40P01", "40001"].includes(codeOf(error));
}

/** A setting was refused its value; of those that are set by value, only `role` is checked. */
export function isUnknownRole(error: unknown): boolean {
  return codeOf(error) === "22023" && error instanceof Error &&
    "routine" in error &&
    error.routine === "call_string_check_hook";
}

/**
 * Translates what a caller can decide upon; anything else comes back unchanged, as the bug that it is.
 * Messages hold no SQL and no value: those stay in `cause`, which is never answered.
 */
export function translateError(error: unknown): EngineError | unknown {
  const code = codeOf(error);
  if (isWorthRetrying(error) || unreachable.test(code)) {
    return new Unavailable(`Cannot use the database: ${code}`, {
      cause: error,
    });
  }
  // Data exception, integrity violation, program limit: https://www.postgresql.org/docs/17/errcodes-appendix.html
  if (/^(22|23|54)[0-9A-Z]{3}$/.test(code)) {
    return new InvalidInput(
      `Cannot store a value: the database refused it with ${code}`,
      { cause: error },
    );
  }
  // Raised by our functions where what they were asked about is not there.
  if (code === "P0002") {
    return new NotFound(
      `Cannot find what was named: the database said ${code}`,
      { cause: error },
    );
  }
  return translateRaised(code, error) ?? error;
}

/** As `private.refuse_rate` raises it, in the form that PostgREST answers with. */
const rateRefusal = z.object({
  detail: z.string().transform((text) => JSON.parse(text)).pipe(
    z.object({ status: z.literal(429), headers: z.object({ "retry-after": z.coerce.number().int() }) }),
  ),
});

/** What our own functions raise for a caller: their messages hold names and ids, so they are passed on. */
function translateRaised(code: string, error: unknown): EngineError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { message } = error;
  const raised = "routine" in error && error.routine === "exec_stmt_raise";
  if (code === "PT400") return new InvalidInput(message, { cause: error });
  if (code === "PT404") return new NotFound(message, { cause: error });
  if (code === "PT409") {
    return new Conflict(message, { cause: error, reason: "detail" in error ? String(error.detail) : "" });
  }
  if (code === "42501" && raised) return new Forbidden(message, { cause: error });
  const limited = code === "PGRST" ? rateRefusal.safeParse(error) : undefined;
  if (!limited?.success) return undefined;
  const seconds = limited.data.detail.headers["retry-after"];
  return new TooManyRequests(`Cannot do this now: too many calls, try again in ${seconds} s`, seconds, {
    cause: error,
  });
}

/** Connection exceptions, too many connections, lock or statement timeouts, shutdown; then those of the driver and system. */
const unreachable =
  /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|55P03|57014|57P0[1-5]|CONNECTION_[A-Z_]+|CONNECT_TIMEOUT|E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH|AI_AGAIN))$/;

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error &&
      typeof error.code === "string"
    ? error.code
    : "";
}
