import type { RejectedPart, StatusUpdate } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Json } from "./clean-json.ts";
import { truncate } from "./clean-text.ts";
import { lenient, lenientString, providerId, wholeNumber } from "./lenient.ts";
import { readTimestamp } from "./read-timestamp.ts";

const failure = z.looseObject({
  code: wholeNumber,
  title: lenientString,
  message: lenientString,
  error_data: lenient(z.looseObject({ details: lenientString })),
  // Where old payloads have what `error_data` has now.
  details: lenientString,
});

const schema = z.looseObject({
  id: providerId,
  status: z.unknown().optional(),
  timestamp: z.unknown().optional(),
  biz_opaque_callback_data: lenient(z.uuid()),
  errors: lenient(z.array(z.unknown())),
  pricing: lenient(z.looseObject({})),
});

const knownStatus = z.enum(["sent", "delivered", "read", "played", "failed"]);

/**
 * Reads one status of a message of ours.
 *
 * @param raw One item of `statuses`; its strings are clean.
 * @param now When the delivery arrived; stands in for a time that cannot be.
 * @returns The status, or the reason why it says nothing to us.
 */
export function readStatus(raw: Json, now: Date): StatusUpdate | RejectedPart {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { reason: "no_id", body: raw };
  const { id, timestamp, biz_opaque_callback_data: callbackData, errors, pricing } = parsed.data;
  const status = knownStatus.safeParse(parsed.data.status);
  if (!status.success) return { reason: "unknown_status", body: raw };
  const error = readFailure(errors?.[0]);
  return {
    kind: "status",
    externalId: id,
    status: status.data,
    timestamp: readTimestamp(timestamp, now),
    ...(callbackData !== undefined && { callbackData }),
    ...(error && { error }),
    ...(pricing !== undefined && { pricing }),
  };
}

function readFailure(raw: unknown): StatusUpdate["error"] {
  const parsed = failure.safeParse(raw);
  if (!parsed.success) return undefined;
  const { code, title, message, error_data: errorData, details: oldDetails } = parsed.data;
  const details = errorData?.details ?? oldDetails;
  return {
    code,
    title: truncate(title ?? message ?? "", 500),
    ...(details !== undefined && { details: truncate(details, 2000) }),
  };
}
