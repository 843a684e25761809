import { GraphError } from "./graph-error.ts";
import { strangerOf } from "./customer-directory.ts";
import { BSUID, phoneDigits } from "./identifiers.ts";
import type { Customer, JsonObject } from "./ledger-event.ts";
import type { BusinessNumber } from "./registry.ts";
import type { SendRequest } from "./send-request.ts";
import type { Simulation } from "./simulation.ts";

/** Whom a message goes to, and how the answer names the person. */
export interface Recipient {
  customer: Customer;
  addressedBy: "phone" | "bsuid";
  /** The `contacts[0]` of the answer: `wa_id` for a phone, `user_id` for a BSUID. */
  contact: JsonObject;
}

/**
 * Finds the person behind `to` or `recipient`; if both are given, `to` wins. A phone that never wrote becomes a customer.
 *
 * @throws {GraphError} 131009 if `to` is not a phone, 131021 if it is the sender, 131026 if nobody has that BSUID.
 */
export async function findRecipient(
  simulation: Simulation,
  number: BusinessNumber,
  sent: SendRequest,
): Promise<Recipient> {
  if (sent.to) return await byPhone(simulation, number, sent.to);
  const bsuid = sent.recipient ?? "";
  if (!BSUID.test(bsuid)) {
    throw GraphError.of(131009, "Parameter value is not valid: recipient is not a user id");
  }
  const customer = simulation.world.customerBy(bsuid);
  if (!customer) throw GraphError.of(131026, "Message undeliverable: the recipient does not exist");
  return { customer, addressedBy: "bsuid", contact: { input: bsuid, user_id: bsuid } };
}

async function byPhone(simulation: Simulation, number: BusinessNumber, to: string): Promise<Recipient> {
  const phone = phoneDigits(to);
  if (!phone) throw GraphError.of(131009, "Parameter value is not valid: to is not a phone number");
  if (phone === phoneDigits(number.display_phone_number)) {
    throw GraphError.of(131021, "Sender and recipient phone number are the same.");
  }
  const known = simulation.world.customerBy(phone);
  const customer = known ??
    { ...strangerOf(simulation.world, phone), phone, name: `+${phone}`, shares_phone: true };
  if (!known) await simulation.ledger.append({ kind: "customer", customer: customer.id, profile: customer });
  return { customer, addressedBy: "phone", contact: { input: to, wa_id: phone } };
}
