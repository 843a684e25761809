import { z } from "zod";
import type { Call } from "./call.ts";
import { customerNamed, saveCustomer } from "./customer-directory.ts";
import { BSUID, bsuidOf, newWamid, phoneDigits } from "./identifiers.ts";
import { InvalidInput, readJson } from "./invalid-input.ts";
import { type Customer, jsonObject } from "./ledger-event.ts";
import type { BusinessNumber } from "./registry.ts";
import type { Simulation } from "./simulation.ts";
import { announce, moveTemplate, templatesOf } from "./templates.ts";
import { metadataOf } from "./webhook-envelope.ts";

const fieldEvent = z.object({ field: z.string().min(1), value: jsonObject }).strict();

/** `POST /_simulator/accounts/{waba_id}/events`: tells any `{field, value}` of an account. */
export async function postAccountEvent({ simulation, request, id }: Call): Promise<Response> {
  const { field, value } = await readJson(request, fieldEvent);
  const ids = await announce(simulation, id, field, value);
  if (ids.length === 0) throw new InvalidInput(`waba_id: "${id}" has no number`, 404);
  return Response.json({ ids }, { status: 201 });
}

/** `POST /_simulator/numbers/{phone_number_id}/events`: the same of one number; `metadata` is added. */
export async function postNumberEvent({ simulation, request, id }: Call): Promise<Response> {
  const { field, value } = await readJson(request, fieldEvent);
  return Response.json({ ids: await tellOfNumber(simulation, numberOf(simulation, id), field, value) }, {
    status: 201,
  });
}

const echo = z.object({
  customer: z.string(),
  type: z.string().default("text"),
  text: z.string().optional(),
  /** The object named by `type`, for types other than text. */
  content: jsonObject.optional(),
  id: z.string().optional(),
}).strict();

/** `POST /_simulator/numbers/{phone_number_id}/echoes`: somebody types in the business's own phone app. */
export async function postEcho({ simulation, request, id }: Call): Promise<Response> {
  const { customer: named, type, text, content, id: given } = await readJson(request, echo);
  const number = numberOf(simulation, id);
  const customer = await customerNamed(simulation, named);
  const wamid = given ?? newWamid();
  const message = {
    from: phoneDigits(number.display_phone_number),
    ...(customer.phone && customer.shares_phone && { to: customer.phone }),
    to_user_id: customer.bsuid,
    id: wamid,
    timestamp: String(Math.floor(simulation.clock.now() / 1000)),
    type,
    [type]: content ?? { body: text ?? "" },
  };
  const chat = { phone_number_id: number.phone_number_id, customer: customer.id };
  await simulation.ledger.append({ kind: "echo", wamid, ...chat, message });
  await tellOfNumber(simulation, number, "smb_message_echoes", { message_echoes: [message] });
  return Response.json({ wamid }, { status: 201 });
}

const change = z.object({
  phone_number_id: z.string().optional(),
  /** A new phone, with a new user id. */
  phone: z.string().transform(phoneDigits).refine((digits) => digits !== "", {
    message: "Not a phone number",
  }).optional(),
  /** A new user id; made from the phone if left out. */
  bsuid: z.string().regex(BSUID).optional(),
}).strict();

/** `POST /_simulator/customers/{customer}/change`: a new phone or user id; every number that knows the person is told. */
export async function changeCustomer({ simulation, request, id }: Call): Promise<Response> {
  const before = await customerNamed(simulation, id);
  const wanted = await readJson(request, change);
  if (wanted.phone === undefined && wanted.bsuid === undefined) {
    throw new InvalidInput("phone or bsuid is required");
  }
  const { phone = before.phone, bsuid = wanted.phone ? bsuidOf(wanted.phone) : before.bsuid } = wanted;
  const after = await saveCustomer(simulation, { bsuid, ...(phone && { phone }) }, before);
  for (const number of numbersOf(simulation, before, wanted.phone_number_id)) {
    await tellOfNumber(simulation, number, "messages", {
      messages: [systemMessage(simulation, before, after)],
    });
  }
  return Response.json({ customer: after });
}

function systemMessage({ clock }: Simulation, before: Customer, after: Customer) {
  const isNumber = before.phone !== after.phone;
  return {
    ...(isNumber && before.phone && { from: before.phone }),
    id: newWamid(),
    timestamp: String(Math.floor(clock.now() / 1000)),
    type: "system",
    system: {
      type: isNumber ? "user_changed_number" : "user_changed_user_id",
      body: isNumber
        ? `User ${before.name} changed from ${before.phone} to ${after.phone}`
        : `User ${before.name} changed their user id`,
      ...(after.phone && after.shares_phone && { wa_id: after.phone }),
      user_id: after.bsuid,
      previous_user_id: before.bsuid,
    },
  };
}

const preference = z.object({
  phone_number_id: z.string().optional(),
  value: z.enum(["stop", "resume", "signup"]),
}).strict();

/** `POST /_simulator/customers/{customer}/preferences`: the customer stops or resumes marketing messages. */
export async function changePreference({ simulation, request, id }: Call): Promise<Response> {
  const customer = await customerNamed(simulation, id);
  const { phone_number_id: phoneNumberId, value } = await readJson(request, preference);
  for (const number of numbersOf(simulation, customer, phoneNumberId)) {
    await tellOfNumber(simulation, number, "user_preferences", {
      user_preferences: [{
        ...(customer.phone && customer.shares_phone && { wa_id: customer.phone }),
        user_id: customer.bsuid,
        detail: `User requested to ${value} marketing messages`,
        category: "marketing_messages",
        value,
        timestamp: Math.floor(simulation.clock.now() / 1000),
      }],
    });
  }
  return Response.json({ success: true });
}

const review = z.object({
  waba_id: z.string(),
  language: z.string(),
  status: z.enum(["APPROVED", "REJECTED", "PAUSED", "DISABLED", "PENDING"]),
  reason: z.string().optional(),
}).strict();

/** `POST /_simulator/templates/{name}/review`: the platform decides about a template, and says so. */
export async function reviewTemplate({ simulation, request, id }: Call): Promise<Response> {
  const { waba_id: wabaId, language, status, reason } = await readJson(request, review);
  const template = templatesOf(simulation, wabaId).find((each) =>
    each.name === id && each.language === language
  );
  if (!template) throw new InvalidInput(`template: "${id}" does not exist in ${language}`, 404);
  const { reason: _before, ...rest } = template;
  const reviewed = { ...rest, status, ...(reason !== undefined && { reason }) };
  await moveTemplate(simulation, wabaId, reviewed);
  return Response.json({ template: reviewed });
}

const hand = z.object({ ahead_ms: z.number().int().min(0) }).strict();

/** `POST /_simulator/clock`: sets the clock `ahead_ms` before the machine's; what comes due is done at once. */
export async function setClock({ simulation, request }: Call): Promise<Response> {
  const { ahead_ms: aheadMs } = await readJson(request, hand);
  if (aheadMs < simulation.clock.aheadMs) throw new InvalidInput("ahead_ms: time does not run back");
  await simulation.ledger.append({ kind: "clock", ahead_ms: aheadMs });
  return Response.json({ now: new Date(simulation.clock.now()).toISOString() });
}

function numberOf({ registry }: Simulation, id: string): BusinessNumber {
  const number = registry.numbers.get(id);
  if (!number) throw new InvalidInput(`phone_number_id: "${id}" is not registered`, 404);
  return number;
}

/** The number that is named, or all that have a chat with the person. */
function numbersOf(simulation: Simulation, customer: Customer, named: string | undefined): BusinessNumber[] {
  if (named !== undefined) return [numberOf(simulation, named)];
  return [...simulation.registry.numbers.values()].filter((number) =>
    simulation.world.chat(number.phone_number_id, customer.id) !== undefined
  );
}

async function tellOfNumber(
  simulation: Simulation,
  number: BusinessNumber,
  field: string,
  value: Record<string, unknown>,
): Promise<string[]> {
  const whole = { messaging_product: "whatsapp", metadata: metadataOf(number), ...value };
  return await announce(simulation, number.waba_id, field, whole);
}
