import type { Sql } from "postgres";
import { z } from "zod";
import type { Broadcast } from "./frames.ts";

const announced = z.object({
  id: z.string(),
  topic: z.string().optional(),
  event: z.string().nullish(),
  private: z.boolean().nullish(),
  payload: z.unknown().optional(),
});

interface Row {
  id: string;
  topic: string;
  event: string | null;
  private: boolean | null;
  payload?: unknown;
  binary: Uint8Array | null;
}

/** A message that the database sends, and to whom. */
export interface Dispatch {
  topic: string;
  isPrivate: boolean;
  message: Broadcast;
}

/** Keeps its promise of the hosted service: messages are replayed for three days, then gone. */
const keptHours = 72;

/**
 * Reads an announcement of the database. One without its text was too long for it, so its row is read.
 *
 * @returns `undefined` when the row is not there any more.
 */
export async function readAnnouncement(sql: Sql, text: string): Promise<Dispatch | undefined> {
  const { id, topic, event, payload, private: isPrivate } = announced.parse(JSON.parse(text));
  if (topic !== undefined && payload !== null && payload !== undefined) {
    return { topic, isPrivate: isPrivate ?? false, message: { event: event ?? "", payload, meta: { id } } };
  }
  const [row] = await sql<Row[]>`
    select id, topic, event, private, payload, binary_payload as binary from realtime.messages where id = ${id}`;
  return row && { topic: row.topic, isPrivate: row.private ?? false, message: toBroadcast(row, { id }) };
}

const inserted = z.object({
  id: z.string(),
  topic: z.string(),
  extension: z.string(),
  event: z.string().nullable(),
  private: z.boolean().nullable(),
  payload: z.unknown(),
  binary_payload: z.instanceof(Uint8Array).nullable(),
});

/** Reads a row of `realtime.messages` as the write-ahead log tells it; `undefined` unless it is a broadcast. */
export function readInserted(row: unknown): Dispatch | undefined {
  const { binary_payload: binary, private: isPrivate, ...message } = inserted.parse(row);
  if (message.extension !== "broadcast") return undefined;
  return {
    topic: message.topic,
    isPrivate: isPrivate ?? false,
    message: toBroadcast({ ...message, private: isPrivate, binary }, { id: message.id }),
  };
}

/** The latest messages of a private topic since `since` (ms since 1970), oldest first; 25 at most, as hosted. */
export async function readForReplay(
  sql: Sql,
  topic: string,
  { since, limit }: { since: number; limit: number },
): Promise<Broadcast[]> {
  const rows = await sql<Row[]>`
    select id, topic, event, private, payload, binary_payload as binary from realtime.messages
    where topic = ${topic} and private and extension = 'broadcast'
      and inserted_at >= (to_timestamp(${since / 1000}::float8) at time zone 'utc')
    order by inserted_at desc limit ${Math.min(25, Math.max(1, limit))}`;
  return rows.toReversed().map((row) => toBroadcast(row, { id: row.id, replayed: true }));
}

/** Deletes what is too old to be replayed. */
export async function forgetOldMessages(sql: Sql): Promise<void> {
  await sql`
    delete from realtime.messages where inserted_at < (now() at time zone 'utc') - make_interval(hours => ${keptHours})`;
}

function toBroadcast(row: Row, meta: Broadcast["meta"]): Broadcast {
  const payload = row.binary ? new Uint8Array(row.binary) : row.payload;
  return { event: row.event ?? "", payload, meta };
}
