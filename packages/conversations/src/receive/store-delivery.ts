import {
  type ChannelDelivery,
  type InboundMessage,
  InvalidInput,
  type StatusUpdate,
} from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Database } from "../ports.ts";
import { partsOf } from "./parts-of.ts";
import type { Route } from "./receive-ports.ts";
import { sortMessages } from "./sort-messages.ts";
import { storeParts } from "./store-parts.ts";

/** What became of one number's part of a delivery. */
export interface Stored {
  /** Messages that were new. */
  stored: number;
  /** Messages that were there already; nothing follows from them. */
  duplicates: number;
  /** What is no message and was new, such as edits, reactions, echoes and calls; absent if nothing. */
  noted?: number;
  /** The earliest work that follows; absent if none does. */
  nextDueAt?: Date;
  /** Something new brings files, which a job fetches; absent if not. */
  hasFiles?: true;
}

/** What storing needs. */
export interface StorePorts {
  database: Database;
  reopenMinutes: number;
}

const received = z.object({
  stored: z.number(),
  duplicates: z.number(),
  next_due_at: z.coerce.date().nullable(),
});
const applied = z.object({ next_due_at: z.coerce.date().nullable() });

/**
 * Stores what one delivery says about one number. Messages, statuses and every other kind are transactions of their own,
 * so that each keeps to the one order of locks; all may be repeated without harm.
 *
 * @throws {NotFound} When the number is no longer this tenant's.
 * @throws {Unavailable} When the database can't be reached.
 * @throws {InvalidInput} When the database refuses a part that is no message; the others are stored.
 */
export async function storeDelivery(
  delivery: ChannelDelivery,
  route: Route,
  ports: StorePorts,
): Promise<Stored> {
  const sorted = sortMessages(delivery.messages);
  const stored = await storeMessages(sorted.said, route, ports);
  const nextDueAt = await storeStatuses(delivery.statuses, route, ports);
  const noted = await storeParts(partsOf(delivery, sorted, ports.reopenMinutes), route, ports.database);
  return merge(stored, {
    stored: 0,
    duplicates: 0,
    ...(noted > 0 && { noted }),
    ...(nextDueAt && { nextDueAt }),
    ...(stored.stored + noted > 0 && bringsFiles(delivery) && { hasFiles: true }),
  });
}

function bringsFiles({ messages, echoes = [], history = [] }: ChannelDelivery): boolean {
  const old = history.flatMap(({ threads }) => threads.flatMap((thread) => thread.messages));
  return [...messages, ...echoes, ...old].some(({ media, change }) =>
    media !== undefined || (change?.kind === "edited" && change.media !== undefined)
  );
}

/** Adds up; the earlier due time counts. */
export function merge(left: Stored, right: Stored): Stored {
  const dueAt = [left.nextDueAt, right.nextDueAt].filter((date) => date !== undefined);
  const noted = (left.noted ?? 0) + (right.noted ?? 0);
  return {
    stored: left.stored + right.stored,
    duplicates: left.duplicates + right.duplicates,
    ...(noted > 0 && { noted }),
    ...(dueAt.length > 0 &&
      { nextDueAt: new Date(Math.min(...dueAt.map(Number))) }),
    ...((left.hasFiles || right.hasFiles) && { hasFiles: true }),
  };
}

async function storeMessages(
  messages: InboundMessage[],
  route: Route,
  ports: StorePorts,
): Promise<Stored> {
  if (messages.length === 0) return { stored: 0, duplicates: 0 };
  try {
    return await insertMessages(messages, route, ports);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return await storeOneByOne(messages, route, ports);
  }
}

/** One message that the database refuses must not cost the others: it alone is stored as unsupported, with its body. */
async function storeOneByOne(
  messages: InboundMessage[],
  route: Route,
  ports: StorePorts,
): Promise<Stored> {
  let sum: Stored = { stored: 0, duplicates: 0 };
  for (const message of messages) {
    const one = await insertMessages([message], route, ports).catch((error) => {
      if (!(error instanceof InvalidInput)) throw error;
      return insertMessages([asUnsupported(message)], route, ports);
    });
    sum = merge(sum, one);
  }
  return sum;
}

function asUnsupported(message: InboundMessage): InboundMessage {
  const { kind, externalId, timestamp, identities, profile, ...body } = message;
  return {
    ...{ kind, externalId, timestamp, identities, profile },
    type: "unsupported",
    content: "",
    payload: { refused: body },
    isTap: false,
    needsAnswer: false,
  };
}

async function insertMessages(
  messages: InboundMessage[],
  route: Route,
  ports: StorePorts,
): Promise<Stored> {
  const result = await ports.database.callAsTenant(
    route.tenant,
    (call) =>
      call`engine.receive_messages(${route.configId}, ${call.json(messages)}, ${ports.reopenMinutes})`,
  );
  const { stored, duplicates, next_due_at } = received.parse(result);
  return { stored, duplicates, ...(next_due_at && { nextDueAt: next_due_at }) };
}

async function storeStatuses(
  statuses: StatusUpdate[],
  route: Route,
  ports: StorePorts,
): Promise<Date | null> {
  if (statuses.length === 0) return null;
  const result = await ports.database.callAsTenant(
    route.tenant,
    (call) => call`engine.receive_statuses(${route.configId}, ${call.json(statuses)})`,
  );
  return applied.parse(result).next_due_at;
}
