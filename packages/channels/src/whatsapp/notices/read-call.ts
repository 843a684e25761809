import type { CallEvent, RejectedPart } from "@app/contracts/mod.ts";
import { isJsonObject, type Json, type JsonObject } from "../clean-json.ts";
import { truncate } from "../clean-text.ts";
import { readIdentities, readPhone } from "../identities.ts";
import { providerId } from "../lenient.ts";
import { readTimestamp } from "../read-timestamp.ts";

/** Meta's words for who called. */
const directions = new Map<unknown, CallEvent["direction"]>([
  ["USER_INITIATED", "inbound"],
  ["BUSINESS_INITIATED", "outbound"],
]);

/**
 * Reads one item of `calls`, or of `statuses` in the field `calls` (the ringing of a call of ours).
 *
 * @param displayPhone Our side's number, digits; it tells who called where Meta does not.
 */
export function readCall(raw: Json, displayPhone: string | undefined, now: Date): CallEvent | RejectedPart {
  const id = isJsonObject(raw) ? providerId.safeParse(raw.id) : undefined;
  if (!isJsonObject(raw) || !id?.success) return { reason: "no_id", body: raw };
  const event = raw.event ?? raw.status;
  if (typeof event !== "string") return { reason: "unknown_status", body: raw };
  const direction = directions.get(raw.direction) ?? guessDirection(raw, displayPhone);
  return {
    externalId: id.data,
    event: truncate(event.toLowerCase(), 100),
    ...(direction !== undefined && { direction }),
    identities: direction === "outbound"
      ? readIdentities([raw.to_user_id, raw.recipient_user_id], [raw.to, raw.recipient_id])
      : readIdentities([raw.from_user_id], [raw.from]),
    timestamp: readTimestamp(raw.timestamp, now),
    body: raw,
  };
}

function guessDirection(raw: JsonObject, displayPhone: string | undefined): CallEvent["direction"] {
  if (raw.recipient_id !== undefined || raw.recipient_user_id !== undefined) return "outbound";
  if (displayPhone === undefined || (raw.from ?? raw.from_user_id) === undefined) return undefined;
  return readPhone(raw.from)?.externalId === displayPhone ? "outbound" : "inbound";
}
