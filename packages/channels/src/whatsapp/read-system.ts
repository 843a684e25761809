import type { IdentityChange } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { JsonObject } from "./clean-json.ts";
import { truncateContent } from "./clean-text.ts";
import { readIdentities } from "./identities.ts";
import { lenientString } from "./lenient.ts";
import type { MessageBody } from "./message-body.ts";
import { readPart } from "./read-part.ts";

const schema = z.looseObject({ type: z.unknown().optional(), body: lenientString });

/** Meta's words for what changed, those of before 2026 too. */
const kinds = new Map<unknown, IdentityChange["kind"]>([
  ["user_changed_number", "number"],
  ["customer_changed_number", "number"],
  ["user_changed_user_id", "user_id"],
  ["customer_identity_changed", "device"],
]);

/** Reads `type: "system"`: the customer changed number, user id or phone. */
export function readSystem(message: JsonObject): MessageBody | null {
  const notice = readPart(message, "system", schema);
  if (notice === null) return null;
  const identityChange = readIdentityChange(notice.raw, message);
  return {
    type: "system",
    content: truncateContent(notice.fields.body ?? ""),
    payload: notice.raw,
    needsAnswer: false,
    ...(identityChange && { identityChange }),
  };
}

/** `user_changed_user_id` comes without a sender; the others tell the old names as sender. */
function readIdentityChange(notice: JsonObject, message: JsonObject): IdentityChange | undefined {
  const kind = kinds.get(notice.type);
  if (kind === undefined) return undefined;
  if (kind === "device") {
    return { kind, previous: [], current: readIdentities([message.from_user_id], [message.from]) };
  }
  const newPhone = notice.wa_id ?? notice.new_wa_id;
  const current = readIdentities([notice.user_id], [newPhone]);
  if (current.length === 0) return undefined;
  const previous = readIdentities([notice.previous_user_id], kind === "number" ? [message.from] : []);
  const kept = new Set(current.map(({ externalId }) => externalId));
  return { kind, previous: previous.filter(({ externalId }) => !kept.has(externalId)), current };
}
