import { z } from "zod";
import { GraphError } from "./graph-error.ts";
import type { JsonObject } from "./ledger-event.ts";
import type { BusinessNumber } from "./registry.ts";
import type { Simulation } from "./simulation.ts";

const readRequest = z.object({
  status: z.literal("read"),
  message_id: z.string(),
  typing_indicator: z.object({ type: z.literal("text") }).optional(),
});

/**
 * Marks a customer's message, and those before it, as read; with `typing_indicator` the customer also sees typing.
 *
 * @throws {GraphError} 131009 if the message is not one that a customer wrote to this number.
 */
export async function markRead(
  { world, ledger }: Simulation,
  number: BusinessNumber,
  body: JsonObject,
): Promise<Response> {
  const parsed = readRequest.safeParse(body);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "status";
    throw GraphError.of(path === "message_id" ? 131008 : 131009, `Parameter value is not valid: ${path}`);
  }
  const message = world.messages.get(parsed.data.message_id);
  if (message?.direction !== "inbound" || message.phone_number_id !== number.phone_number_id) {
    throw GraphError.of(131009, "Parameter value is not valid: message_id");
  }
  const about = {
    wamid: message.wamid,
    phone_number_id: message.phone_number_id,
    customer: message.customer,
  };
  if (!message.seen) await ledger.append({ kind: "seen", ...about });
  if (parsed.data.typing_indicator) await ledger.append({ kind: "typing", ...about });
  return Response.json({ success: true });
}
