import { createHash } from "node:crypto";
import type { AccountEvent } from "@app/contracts/mod.ts";
import { isJsonObject, type Json, type JsonObject } from "../clean-json.ts";
import { truncate } from "../clean-text.ts";
import { readTimestamp } from "../read-timestamp.ts";
import type { AccountFields } from "./account-fields.ts";
import { readAccountUpdate } from "./read-account-update.ts";
import {
  readAlert,
  readCapability,
  readPhoneName,
  readPhoneQuality,
  readSecurity,
  readUsername,
} from "./read-number-events.ts";
import {
  readTemplateCategory,
  readTemplateComponents,
  readTemplateQuality,
  readTemplateStatus,
} from "./read-template-events.ts";

/** Meta's fields that speak of an account, and who reads them; `null` if the value is not what its field says. */
const readers = new Map<string, (value: JsonObject) => AccountFields | null>([
  ["message_template_status_update", readTemplateStatus],
  ["message_template_quality_update", readTemplateQuality],
  ["template_category_update", readTemplateCategory],
  ["message_template_components_update", readTemplateComponents],
  ["account_update", readAccountUpdate],
  ["phone_number_quality_update", readPhoneQuality],
  ["phone_number_name_update", readPhoneName],
  ["business_capability_update", readCapability],
  ["account_alerts", readAlert],
  ["security", readSecurity],
  ["business_username_update", readUsername],
]);

/**
 * Reads one change that speaks of an account. A field that is not known, or is not what it should be, becomes `other`
 * with its body.
 *
 * @param accountId The WABA, which makes the id of the event its own.
 * @param time When it happened, in seconds, as the entry says.
 * @param now When the delivery arrived; stands in for a time that cannot be.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/reference
 */
export function readAccountEvent(
  accountId: string,
  time: Json | undefined,
  field: string,
  value: Json | undefined,
  now: Date,
): AccountEvent {
  const body = isJsonObject(value) ? value : { value: value ?? null };
  const read = isJsonObject(value) ? readers.get(field)?.(value) : undefined;
  return {
    kind: "account_event",
    externalId: createHash("sha256").update(JSON.stringify([accountId, time, field, value])).digest("hex"),
    timestamp: readTimestamp(time, now),
    body,
    ...(read ?? { about: "other", field: truncate(field, 500) }),
  };
}
