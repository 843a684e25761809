import { z } from "zod";
import { chatMessage } from "../../../src/chat-message.ts";
import { type Customer, customer } from "../../../src/ledger-event.ts";
import { type FaultSettings, faultSettings } from "../../../src/faults.ts";

const number = z.object({
  phone_number_id: z.string(),
  display_phone_number: z.string(),
  name: z.string(),
});

/** A number of a business, as the page sees it. */
export type PhoneNumber = z.infer<typeof number>;

const chat = z.object({
  phone_number_id: z.string(),
  customer: z.string(),
  last: chatMessage.optional(),
  unread: z.number(),
});

/** A chat without its messages. */
type ChatSummary = z.infer<typeof chat>;

/** Everything that the page shows before a chat is opened. */
export interface Overview {
  numbers: PhoneNumber[];
  customers: Customer[];
  chats: ChatSummary[];
}

/** All numbers, people and chats. @throws {Error} If the simulator does not answer. */
export async function fetchOverview(): Promise<Overview> {
  const [{ numbers }, { customers }, { chats }] = await Promise.all([
    call("GET", "/numbers", z.object({ numbers: z.array(number) })),
    call("GET", "/customers", z.object({ customers: z.array(customer) })),
    call("GET", "/chats", z.object({ chats: z.array(chat) })),
  ]);
  return { numbers, customers, chats };
}

/** The newest 1,000 messages of a chat, oldest first. */
export async function fetchMessages(customerId: string, phoneNumberId: string) {
  const query = new URLSearchParams({ customer: customerId, phone_number_id: phoneNumberId });
  return (await call("GET", `/messages?${query}`, z.object({ messages: z.array(chatMessage) }))).messages;
}

/** Adds a person, or changes one. */
export async function saveCustomer(
  input: { phone?: string; bsuid?: string; name: string },
): Promise<Customer> {
  return (await call("POST", "/customers", z.object({ customer }), input)).customer;
}

/** The customer writes. An id that the simulator already has counts as done: an earlier try arrived. */
export async function postMessage(customerId: string, message: Record<string, unknown>): Promise<void> {
  const path = `/customers/${encodeURIComponent(customerId)}/messages`;
  const response = await send("POST", path, JSON.stringify(message));
  if (!response.ok && response.status !== 409) throw await failure(response);
}

/** Keeps a file that is about to be sent; gives its media id. */
export async function uploadFile(file: File): Promise<string> {
  const form = new FormData();
  form.set("file", file);
  const response = await fetch("/_simulator/media", { method: "POST", body: form });
  if (!response.ok) throw await failure(response);
  return z.object({ media_id: z.string() }).parse(await response.json()).media_id;
}

/** The phone shows a chat, or has played a voice note in it. */
export async function markRead(customerId: string, phoneNumberId: string, played?: string): Promise<void> {
  const path = `/customers/${encodeURIComponent(customerId)}/read`;
  await call("POST", path, z.unknown(), { phone_number_id: phoneNumberId, ...(played && { played }) });
}

/** Does something by the control API whose answer nobody needs. */
export async function act(path: string, body: Record<string, unknown>): Promise<void> {
  await call("POST", path, z.unknown(), body);
}

/** What goes wrong at the moment. */
export async function fetchFaults(): Promise<FaultSettings> {
  return await call("GET", "/faults", faultSettings);
}

/** Sets faults; without an argument all end. */
export async function changeFaults(changed?: Partial<FaultSettings>): Promise<FaultSettings> {
  return changed
    ? await call("POST", "/faults", faultSettings, changed)
    : await call("DELETE", "/faults", faultSettings);
}

async function call<Schema extends z.ZodType>(
  method: string,
  path: string,
  schema: Schema,
  body?: unknown,
): Promise<z.infer<Schema>> {
  const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
  if (!response.ok) throw await failure(response);
  return schema.parse(await response.json());
}

function send(method: string, path: string, body: string | undefined): Promise<Response> {
  return fetch(`/_simulator${path}`, {
    method,
    ...(body !== undefined && { headers: { "content-type": "application/json" }, body }),
  });
}

const refusal = z.object({ error: z.object({ message: z.string() }) });

async function failure(response: Response): Promise<Error> {
  const said = refusal.safeParse(await response.json().catch(() => undefined));
  return new Error(said.success ? said.data.error.message : `The simulator answered ${response.status}`);
}
