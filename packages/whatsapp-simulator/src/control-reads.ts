import { z } from "zod";
import type { Call } from "./call.ts";
import { customerNamed } from "./customer-directory.ts";
import { parseInput } from "./invalid-input.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { Chat } from "./world.ts";

const MOST_LINES = 50_000;

const ledgerQuery = z.object({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_LINES).default(10_000),
  kind: z.string().optional(),
  customer: z.string().optional(),
});

const messagesQuery = z.object({
  customer: z.string(),
  phone_number_id: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
});

/**
 * `GET /_simulator/ledger?since=&limit=&kind=&customer=`: events after number `since`, read from the file.
 * `next` is what to pass as `since` to go on; `has_more` tells whether there is more at the moment.
 */
export async function answerLedger({ simulation, url }: Call): Promise<Response> {
  const query = parseInput(ledgerQuery, Object.fromEntries(url.searchParams));
  const lines = await simulation.ledger.linesAfter(query.since, query.limit);
  const next = query.since + lines.length;
  const kept = lines.filter((line) => isWanted(line, query.kind, query.customer));
  const rest = JSON.stringify({ next, has_more: next < simulation.ledger.last }).slice(1);
  return new Response(`{"events":[${kept.join(",")}],${rest}`, {
    headers: { "content-type": "application/json" },
  });
}

/** `GET /_simulator/messages?customer=&phone_number_id=&limit=`: the newest messages, oldest first, with their statuses. */
export async function answerMessages({ simulation, url }: Call): Promise<Response> {
  const query = parseInput(messagesQuery, Object.fromEntries(url.searchParams));
  const customer = await customerNamed(simulation, query.customer);
  const chats = [...simulation.registry.numbers.keys()]
    .filter((id) => query.phone_number_id === undefined || query.phone_number_id === id)
    .flatMap((id) => simulation.world.chat(id, customer.id) ?? []);
  const all = chats.length === 1
    ? chats[0]?.messages ?? []
    : chats.flatMap((chat) => chat.messages).sort((one, other) => one.at.localeCompare(other.at));
  return Response.json({ customer, messages: all.slice(-query.limit) });
}

/** `GET /_simulator/chats`: every chat with its newest message and how many messages of the business are unread. */
export function answerChats({ simulation }: Call): Response {
  const chats = [...simulation.world.chats.values()].map((chat) => ({
    phone_number_id: chat.phone_number_id,
    customer: chat.customer,
    last: chat.messages.at(-1),
    unread: unreadIn(chat),
  }));
  return Response.json({ chats });
}

function unreadIn(chat: Chat): number {
  let unread = 0;
  for (let index = chat.messages.length - 1; index >= 0; index--) {
    const message = chat.messages[index];
    if (!message || isRead(message)) break;
    if (message.direction === "outbound") unread += 1;
  }
  return unread;
}

function isRead(message: ChatMessage): boolean {
  return message.statuses.includes("read") || message.statuses.includes("played");
}

function isWanted(line: string, kind: string | undefined, customer: string | undefined): boolean {
  if (kind === undefined && customer === undefined) return true;
  const event: unknown = JSON.parse(line);
  const parsed = z.object({ kind: z.string(), customer: z.string().optional() }).parse(event);
  return (kind === undefined || parsed.kind === kind) &&
    (customer === undefined || parsed.customer === customer);
}
