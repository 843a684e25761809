import { z } from "zod";
import { InvalidInput } from "./invalid-input.ts";
import type { Customer } from "./ledger-event.ts";
import type { Simulation } from "./simulation.ts";

/** What the phone has shown: all of a chat, or one voice note that was played. */
export const phoneReadsInput = z.object({
  phone_number_id: z.string(),
  /** The wamid of a voice note of the business that the customer has played. */
  played: z.string().optional(),
}).strict();

/**
 * The customer has looked at a chat: all messages of the business in it are read, and one is played if it says so.
 *
 * @throws {InvalidInput} If `played` is not a message of the business to this customer.
 */
export async function phoneReads(
  { world, statuses }: Simulation,
  customer: Customer,
  input: z.infer<typeof phoneReadsInput>,
): Promise<void> {
  await statuses.readChat(input.phone_number_id, customer.id);
  if (input.played === undefined) return;
  const message = world.messages.get(input.played);
  if (message?.direction !== "outbound" || message.customer !== customer.id) {
    throw new InvalidInput(`played: "${input.played}" was not sent to this customer`, 404);
  }
  await statuses.move(message, "played");
}
