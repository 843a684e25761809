import type { Refusal, StatusUpdate } from "@app/contracts/mod.ts";
import { z } from "zod";
import { truncate } from "./clean-text.ts";
import { lenient, lenientString, wholeNumber } from "./lenient.ts";
import { mapGraphError } from "./map-graph-error.ts";

const schema = z.looseObject({
  code: wholeNumber,
  title: lenientString,
  message: lenientString,
  error_data: lenient(z.looseObject({ details: lenientString })),
  // Where old payloads have what `error_data` has now.
  details: lenientString,
});

/** An error that came by webhook: Meta's words, and what they mean to us. */
export interface Failure {
  error: NonNullable<StatusUpdate["error"]>;
  refusal: Refusal;
}

/** Reads an item of `errors`; `undefined` if it has no code. A webhook has no HTTP status, so the code decides alone. */
export function readFailure(raw: unknown): Failure | undefined {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { code, title, message, error_data: errorData, details: oldDetails } = parsed.data;
  const details = errorData?.details ?? oldDetails;
  const { kind: _kind, code: _code, ...refusal } = mapGraphError({ code }, 400);
  return {
    error: {
      code,
      title: truncate(title ?? message ?? "", 500),
      ...(details !== undefined && { details: truncate(details, 2000) }),
    },
    refusal,
  };
}
