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

/** The bytes of a body, as they are signed and sent. */
export function encodeBody(body: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(body));
}

function changeValue({ phoneNumberId, customers, messages, statuses }: NumberPart): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550783881", phone_number_id: phoneNumberId },
    ...(customers && { contacts: customers.map(contactBlock) }),
    ...(messages && { messages }),
    ...(statuses && { statuses }),
  };
}
