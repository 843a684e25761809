import { createHmac, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { app, type StagedTenant } from "./tenants.ts";

/** A webhook request as Meta would send it, ready to be posted. */
export interface SignedRequest {
  body: string;
  headers: Record<string, string>;
}

/** Signs a body with the stage's app secret. */
function sign(body: string): SignedRequest {
  const signature = createHmac("sha256", app.secret).update(body).digest("hex");
  return {
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` },
  };
}

/**
 * One text message in one POST. The text names its customer, so that a row filed under the wrong contact shows.
 *
 * @param customer Any whole number; the same number is the same person.
 */
export function textRequest(tenant: StagedTenant, customer: number, text: string): SignedRequest {
  return messageRequest(tenant, customer, {
    type: "text",
    text: { body: `from=${phoneOf(customer)} ${text}` },
  });
}

/** One tap on a reply button in one POST: a turn on it is due at once. */
export function tapRequest(tenant: StagedTenant, customer: number, title: string): SignedRequest {
  return messageRequest(tenant, customer, {
    type: "interactive",
    interactive: { type: "button_reply", button_reply: { id: title, title } },
  });
}

/** Many text messages in one POST, one of each customer in turn; Meta puts up to 1,000 and 3 MB into one. */
export function batchRequest(tenant: StagedTenant, customers: number[], text: string): SignedRequest {
  return deliveryRequest(
    tenant,
    [...new Set(customers)],
    customers.map((customer) => messageOf(customer, { type: "text", text: { body: text } })),
  );
}

function messageRequest(
  tenant: StagedTenant,
  customer: number,
  message: Record<string, unknown>,
): SignedRequest {
  return deliveryRequest(tenant, [customer], [messageOf(customer, message)]);
}

function messageOf(customer: number, message: Record<string, unknown>): Record<string, unknown> {
  return {
    from: phoneOf(customer),
    from_user_id: userIdOf(customer),
    id: `wamid.${randomUUID()}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...message,
  };
}

function deliveryRequest(
  tenant: StagedTenant,
  customers: number[],
  messages: Record<string, unknown>[],
): SignedRequest {
  const value = {
    messaging_product: "whatsapp",
    metadata: {
      display_phone_number: tenant.displayPhoneNumber.slice(1),
      phone_number_id: tenant.phoneNumberId,
    },
    contacts: customers.map((customer) => ({
      profile: { name: `Customer ${customer}` },
      wa_id: phoneOf(customer),
      user_id: userIdOf(customer),
    })),
    messages,
  };
  return sign(JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "208000000", changes: [{ field: "messages", value }] }],
  }));
}

function phoneOf(customer: number): string {
  return String(59_160_000_000 + customer);
}

function userIdOf(customer: number): string {
  return `BO.stage${customer}`;
}

/** Writes requests to a file, one a line, for the load generators. */
export async function writeRequests(file: string, requests: SignedRequest[]): Promise<void> {
  await writeFile(file, requests.map((request) => JSON.stringify(request)).join("\n") + "\n");
}
