import { GraphError } from "./graph-error.ts";
import { playAfterAccepting, playBeforeAccepting } from "./play-faults.ts";
import { authorizedNumber } from "./graph-authorization.ts";
import { markRead } from "./graph-read.ts";
import { newWamid } from "./identifiers.ts";
import { type JsonObject, jsonObject } from "./ledger-event.ts";
import { findRecipient } from "./recipient.ts";
import { checkTemplate } from "./check-template.ts";
import type { BusinessNumber } from "./registry.ts";
import { readSendRequest, type SendRequest } from "./send-request.ts";
import type { Simulation } from "./simulation.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;
const OUTSIDE_WINDOW =
  "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";

/**
 * `POST /{version}/{phone_number_id}/messages`: sends a message, or marks one as read.
 *
 * What is answered 200 is in the ledger before the answer leaves.
 *
 * @throws {GraphError} Whatever the platform turns down.
 */
export async function postMessage(simulation: Simulation, request: Request, id: string): Promise<Response> {
  const number = authorizedNumber(simulation, request, id);
  const body = await readBody(request);
  try {
    const played = await playBeforeAccepting(simulation);
    if (played) return played;
    if (body.messaging_product !== "whatsapp") {
      throw GraphError.parameter("The parameter messaging_product is required.");
    }
    if (body.status !== undefined) return await markRead(simulation, number, body);
    return await accept(simulation, number, readSendRequest(body));
  } catch (error) {
    if (error instanceof GraphError) await recordRejection(simulation, number, body, error);
    throw error;
  }
}

async function accept(simulation: Simulation, number: BusinessNumber, sent: SendRequest): Promise<Response> {
  const { world, ledger, faults, limits, statuses, settings } = simulation;
  const recipient = await findRecipient(simulation, number, sent);
  const now = simulation.clock.now();
  const mostPerSecond = number.messages_per_second ?? settings().messages_per_second;
  limits.count(number.phone_number_id, recipient.customer.id, mostPerSecond, settings(), now);
  if (sent.type === "template") checkTemplate(simulation, number, sent, recipient);
  await checkMedia(simulation, sent);
  const lastInboundAt = world.chat(number.phone_number_id, recipient.customer.id)?.last_inbound_at ?? 0;
  const isOutside = sent.type !== "template" && now - lastInboundAt > WINDOW_MS;
  if (isOutside && faults.settings.window_error === "at_once") throw GraphError.of(131047, OUTSIDE_WINDOW);

  const wamid = newWamid();
  await ledger.append({
    kind: "outbound",
    wamid,
    phone_number_id: number.phone_number_id,
    customer: recipient.customer.id,
    addressed_by: recipient.addressedBy,
    ...(sent.callbackData !== undefined && { callback_data: sent.callbackData }),
    message: sent.body,
  });
  const message = world.messages.get(wamid);
  const failure = isOutside
    ? 131047
    : faults.strikes("fail_later")
    ? faults.settings.fail_later_code
    : undefined;
  if (message) statuses.plan(message, failure);
  const answer = Response.json({
    messaging_product: "whatsapp",
    contacts: [recipient.contact],
    messages: [{ id: wamid, ...(sent.type === "template" && { message_status: "accepted" }) }],
  });
  return await playAfterAccepting(simulation, answer);
}

async function checkMedia({ media }: Simulation, sent: SendRequest): Promise<void> {
  const body = jsonObject.safeParse(sent.body[sent.type]);
  const id = body.success ? body.data.id : undefined;
  if (typeof id !== "string" || !["image", "video", "audio", "document", "sticker"].includes(sent.type)) {
    return;
  }
  if (!(await media.describeForBusiness(id))) {
    throw GraphError.of(131009, `Parameter value is not valid: media id ${id} does not exist`);
  }
}

async function recordRejection(
  { ledger }: Simulation,
  number: BusinessNumber,
  body: JsonObject,
  error: GraphError,
): Promise<void> {
  const callbackData = body.biz_opaque_callback_data;
  const to = body.to ?? body.recipient;
  await ledger.append({
    kind: "rejected",
    phone_number_id: number.phone_number_id,
    ...(typeof to === "string" && { customer: to }),
    ...(typeof callbackData === "string" && { callback_data: callbackData }),
    http: error.http,
    code: error.code,
    details: error.details,
  });
}

async function readBody(request: Request): Promise<JsonObject> {
  try {
    const parsed = jsonObject.safeParse(await request.json());
    if (parsed.success) return parsed.data;
  } catch {
    // Answered below, the same as a body that is not an object.
  }
  throw GraphError.parameter("Invalid parameter: the body is not a JSON object");
}
