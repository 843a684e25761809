import { contactBlock, type Customer } from "./customers.ts";
import type { RawMessage } from "./messages.ts";
import type { RawStatus } from "./statuses.ts";

/** What one delivery says about one number of ours. */
export interface NumberPart {
  phoneNumberId: string;
  /** The people behind `messages`. */
  customers?: Customer[];
  messages?: RawMessage[];
  statuses?: RawStatus[];
  /** Id of the WhatsApp business account; default: one for all. */
  accountId?: string;
}

/** The body of one POST: an entry for each part, so that several numbers and tenants share it. */
export function deliveryBody(...parts: NumberPart[]): Record<string, unknown> {
  return {
    object: "whatsapp_business_account",
    entry: parts.map(({ accountId, ...part }) => ({
      id: accountId ?? "102290129340398",
      changes: [{ field: "messages", value: changeValue(part) }],
    })),
  };
}

/**
 * The body of one POST with one change of any field, such as `smb_message_echoes` or `account_update`.
 *
 * @param value What the field says; fields that speak of a number bring their `metadata`.
 */
export function changeBody(
  field: string,
  value: unknown,
  accountId = "102290129340398",
): Record<string, unknown> {
  return { object: "whatsapp_business_account", entry: [{ id: accountId, changes: [{ field, value }] }] };
}

/** The `metadata` of a field that speaks of a number. */
export function numberMetadata(phoneNumberId: string): Record<string, string> {
  return { display_phone_number: "15550783881", phone_number_id: phoneNumberId };
}

/** The bytes of a body, as they are signed and sent. */
export function encodeBody(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(body));
}

function changeValue({ phoneNumberId, customers, messages, statuses }: NumberPart): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    metadata: numberMetadata(phoneNumberId),
    ...(customers && { contacts: customers.map(contactBlock) }),
    ...(messages && { messages }),
    ...(statuses && { statuses }),
  };
}
