import type { RejectedPart, StatusUpdate } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Json } from "./clean-json.ts";
import { truncate } from "./clean-text.ts";
import { readIdentities } from "./identities.ts";
import { lenient, providerId } from "./lenient.ts";
import { readFailure } from "./read-failure.ts";
import { readTimestamp } from "./read-timestamp.ts";

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
  const failure = readFailure(errors?.[0]);
  const recipient = readRecipient(parsed.data);
  return {
    kind: "status",
    externalId: id,
    status: status.data,
    timestamp: readTimestamp(timestamp, now),
    ...(callbackData !== undefined && { callbackData }),
    ...(failure && { error: failure.error }),
    ...(pricing !== undefined && { pricing }),
    ...(recipient && { recipient }),
    ...(failure && { refusal: failure.refusal }),
  };
}

/** In a group, `recipient_id` is the group and the member has keys of their own. */
function readRecipient(status: Record<string, unknown>): StatusUpdate["recipient"] {
  if (status.recipient_type !== "group") {
    const identities = readIdentities([status.recipient_user_id], [status.recipient_id]);
    return identities.length > 0 ? { identities } : undefined;
  }
  const { recipient_id: groupId, recipient_participant_user_id: userId, recipient_participant_id: phone } =
    status;
  return {
    identities: readIdentities([userId], [phone]),
    ...(typeof groupId === "string" && { groupId: truncate(groupId, 500) }),
  };
}
