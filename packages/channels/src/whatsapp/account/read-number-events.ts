import { z } from "zod";
import type { JsonObject } from "../clean-json.ts";
import { truncate } from "../clean-text.ts";
import { lenient, lenientString, wholeNumber } from "../lenient.ts";
import { type AccountFields, lenientWord, present, word } from "./account-fields.ts";

const qualitySchema = z.looseObject({
  display_phone_number: lenientWord,
  event: word,
  max_daily_conversations_per_business: lenientWord,
  current_limit: lenientWord,
  old_limit: lenientWord,
});

/** Reads `phone_number_quality_update`: how many people a day may be written to, and how fast. */
export function readPhoneQuality(value: JsonObject): AccountFields | null {
  const parsed = qualitySchema.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number: displayPhone, event, old_limit: previousLimit } = parsed.data;
  const limit = parsed.data.max_daily_conversations_per_business ?? parsed.data.current_limit;
  return {
    about: "phone_quality",
    event: event.toUpperCase(),
    ...present({ displayPhone, limit, previousLimit }),
  };
}

const nameSchema = z.looseObject({
  display_phone_number: lenientWord,
  decision: word,
  requested_verified_name: lenientWord,
  rejection_reason: lenientWord,
});

/** Reads `phone_number_name_update`: the display name was approved or not. */
export function readPhoneName(value: JsonObject): AccountFields | null {
  const parsed = nameSchema.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number: displayPhone, decision } = parsed.data;
  const { requested_verified_name: requestedName, rejection_reason: reason } = parsed.data;
  return {
    about: "phone_name",
    decision: decision.toUpperCase(),
    ...present({ displayPhone, requestedName, reason }),
  };
}

const capabilitySchema = z.looseObject({
  max_daily_conversations_per_business: lenientWord,
  max_daily_conversation_per_phone: lenientWord,
  max_phone_numbers_per_business: lenient(wholeNumber),
});

/** Reads `business_capability_update`: what the whole business may do. */
export function readCapability(value: JsonObject): AccountFields | null {
  const parsed = capabilitySchema.safeParse(value);
  if (!parsed.success) return null;
  const dailyLimit = parsed.data.max_daily_conversations_per_business ??
    parsed.data.max_daily_conversation_per_phone;
  const maxPhoneNumbers = parsed.data.max_phone_numbers_per_business;
  return { about: "capability", ...present({ dailyLimit, maxPhoneNumbers }) };
}

const alertSchema = z.looseObject({
  entity_type: lenientWord,
  entity_id: lenientWord,
  alert_info: z.looseObject({
    alert_severity: lenientWord,
    alert_status: lenientWord,
    alert_type: lenientWord,
    alert_description: lenientString,
  }),
});

/** Reads `account_alerts`: Meta's warnings about limits and the business profile. */
export function readAlert(value: JsonObject): AccountFields | null {
  const parsed = alertSchema.safeParse(value);
  if (!parsed.success) return null;
  const { entity_type: entityType, entity_id: entityId, alert_info: alert } = parsed.data;
  const { alert_severity: severity, alert_status: status, alert_type: type } = alert;
  const description = alert.alert_description && truncate(alert.alert_description, 2000);
  return { about: "alert", ...present({ severity, status, type, description, entityType, entityId }) };
}

const securitySchema = z.looseObject({
  display_phone_number: lenientWord,
  event: word,
  requester: lenientWord,
});

/** Reads `security`: somebody changed the number's PIN, or asked to. */
export function readSecurity(value: JsonObject): AccountFields | null {
  const parsed = securitySchema.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number: displayPhone, event, requester } = parsed.data;
  return { about: "security", event: event.toUpperCase(), ...present({ displayPhone, requester }) };
}

const usernameSchema = z.looseObject({
  display_phone_number: lenientWord,
  username: lenientWord,
  status: word,
});

/** Reads `business_username_update`: the number's username was approved, reserved or deleted. */
export function readUsername(value: JsonObject): AccountFields | null {
  const parsed = usernameSchema.safeParse(value);
  if (!parsed.success) return null;
  const { display_phone_number: displayPhone, username, status } = parsed.data;
  return { about: "username", status: status.toLowerCase(), ...present({ displayPhone, username }) };
}
