import { Buffer } from "node:buffer";
import { type CustomerMessage, wordsOf } from "./customer-message.ts";
import { mediaUrl } from "./graph-media.ts";
import { newWamid, phoneDigits } from "./identifiers.ts";
import { InvalidInput } from "./invalid-input.ts";
import type { Customer, JsonObject } from "./ledger-event.ts";
import type { MediaDescription } from "./media-store.ts";
import type { Simulation } from "./simulation.ts";
import type { ChatMessage } from "./chat-message.ts";

/**
 * A customer writes: the message goes into the ledger. Telling the product is the caller's next step.
 *
 * @param origin Where media addresses lead to: `http://127.0.0.1:54330`.
 * @throws {InvalidInput} If the number or file does not exist, or (409) the id is taken.
 */
export async function writeAsCustomer(
  simulation: Simulation,
  customer: Customer,
  message: CustomerMessage,
  origin: string,
): Promise<ChatMessage> {
  const { world, registry, ledger } = simulation;
  const number = registry.numbers.get(message.phone_number_id);
  if (!number) throw new InvalidInput(`phone_number_id: "${message.phone_number_id}" is not registered`, 404);
  const wamid = message.id ?? newWamid();
  if (world.messages.has(wamid)) throw new InvalidInput(`id: "${wamid}" is taken`, 409);
  const media = await fileOf(simulation, message);
  const words = wordsOf(message, {
    media,
    mediaUrl: media && simulation.settings().media_url_in_webhook
      ? mediaUrl(simulation, origin, media.id)
      : undefined,
    businessPhone: phoneDigits(number.display_phone_number),
  });
  await ledger.append({
    kind: "inbound",
    wamid,
    phone_number_id: number.phone_number_id,
    customer: customer.id,
    message: {
      ...sender(customer),
      id: wamid,
      timestamp: String(message.timestamp ?? Math.floor(simulation.clock.now() / 1000)),
      ...words,
    },
  });
  const written = world.messages.get(wamid);
  if (!written) throw new Error(`Cannot find message "${wamid}" that was just written`);
  return written;
}

function sender(customer: Customer): JsonObject {
  return {
    ...(customer.phone && customer.shares_phone && { from: customer.phone }),
    from_user_id: customer.bsuid,
  };
}

async function fileOf(
  { media }: Simulation,
  message: CustomerMessage,
): Promise<MediaDescription | undefined> {
  if (!("media_id" in message) && !("base64" in message)) return undefined;
  const { media_id: id, base64, mime_type: mimeType, file_name: fileName } = message;
  if (id !== undefined) {
    const known = await media.describe(id);
    if (!known) throw new InvalidInput(`media_id: "${id}" does not exist`, 404);
    return known;
  }
  if (base64 === undefined || mimeType === undefined) return undefined;
  return await media.keep(Buffer.from(base64, "base64"), {
    mime_type: mimeType,
    ...(fileName && { file_name: fileName }),
  });
}
