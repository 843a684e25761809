import { z } from "zod";
import type { Call } from "./call.ts";
import { customerNamed, saveCustomer } from "./customer-directory.ts";
import { customerMessage } from "./customer-message.ts";
import { InvalidInput, readJson } from "./invalid-input.ts";
import { inboundUpdate, tellInbound } from "./simulation.ts";
import { writeAsCustomer } from "./write-as-customer.ts";

const single = customerMessage.and(z.object({ profile_name: z.string().trim().min(1).max(512).optional() }));
const batch = z.object({
  messages: z.array(customerMessage.and(z.object({ customer: z.string() }))).min(1).max(1_000),
});
const copies = z.object({ times: z.number().int().min(1).max(1_000).default(1) }).strict();

/** `POST /_simulator/customers/{customer}/messages`: the customer writes; answers once the ledger has it. */
export async function postMessage({ simulation, request, url, id }: Call): Promise<Response> {
  const { profile_name: name, ...message } = await readJson(request, single);
  const named = await customerNamed(simulation, id);
  const customer = name ? await saveCustomer(simulation, { bsuid: named.bsuid, name }) : named;
  const written = await writeAsCustomer(simulation, customer, message, url.origin);
  tellInbound(simulation, written);
  return Response.json({ wamid: written.wamid, customer }, { status: 201 });
}

/** `POST /_simulator/batches`: many customers write, and the product hears of it in one POST per app. */
export async function postBatch({ simulation, request, url }: Call): Promise<Response> {
  const { messages } = await readJson(request, batch);
  const updates = [];
  const wamids = [];
  for (const { customer, ...message } of messages) {
    const written = await writeAsCustomer(
      simulation,
      await customerNamed(simulation, customer),
      message,
      url.origin,
    );
    wamids.push(written.wamid);
    const update = inboundUpdate(simulation, written);
    if (update) updates.push(update);
  }
  simulation.sender.sendTogether(updates);
  return Response.json({ wamids }, { status: 201 });
}

/** `POST /_simulator/messages/{wamid}/redeliver`: sends the webhook of a customer's message again, `times` times at once. */
export async function redeliver({ simulation, request, id }: Call): Promise<Response> {
  const { times } = await readJson(request, copies);
  const message = simulation.world.messages.get(id);
  if (message?.direction !== "inbound") {
    throw new InvalidInput(`wamid: "${id}" is not a customer's message`, 404);
  }
  for (let copy = 0; copy < times; copy++) tellInbound(simulation, message);
  return Response.json({ success: true });
}
