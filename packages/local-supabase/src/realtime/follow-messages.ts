import { readFile } from "node:fs/promises";
import postgres, { type Sql } from "postgres";
import { type Dispatch, readAnnouncement, readInserted } from "./stored-messages.ts";

/** Who wants to know of new rows in `realtime.messages`. */
export interface Follower {
  /** In the order of the commits. */
  onMessage(dispatch: Dispatch): void;
  /** A row that could not be read; the next ones are followed all the same. */
  onError(error: unknown): void;
}

/** Supabase's own name of it. */
const publication = "supabase_realtime_messages_publication";

/**
 * Follows what the database sends. On a server with `wal_level = logical` the rows are read from the write-ahead log, as
 * the hosted service does; elsewhere notifications bring them.
 *
 * @param adminUrl Logs in as the superuser.
 * @returns Stops following.
 */
export async function followMessages(
  adminUrl: string,
  admin: Sql,
  follower: Follower,
): Promise<() => Promise<void>> {
  const [level] = await admin<{ walLevel: string }[]>`select current_setting('wal_level') as "walLevel"`;
  return level?.walLevel === "logical"
    ? await followLog(adminUrl, admin, follower)
    : await followNotifications(admin, follower);
}

async function followLog(adminUrl: string, admin: Sql, follower: Follower): Promise<() => Promise<void>> {
  await admin`drop trigger if exists announce_messages on realtime.messages`;
  const [found] = await admin`select from pg_publication where pubname = ${publication}`;
  if (!found) {
    await admin`
      create publication supabase_realtime_messages_publication for table realtime.messages with (publish = 'insert')`;
  }
  const log = postgres(adminUrl, { max: 1, publications: publication, onnotice: () => {} });
  await log.subscribe("insert:realtime.messages", (row) => {
    try {
      const dispatch = readInserted(row);
      if (dispatch) follower.onMessage(dispatch);
    } catch (error) {
      follower.onError(error);
    }
  });
  return () => log.end({ timeout: 1 });
}

async function followNotifications(admin: Sql, follower: Follower): Promise<() => Promise<void>> {
  await admin.unsafe(await readFile(new URL("../../sql/announce-messages.sql", import.meta.url), "utf8"))
    .simple();
  let inOrder: Promise<void> = Promise.resolve();
  const { unlisten } = await admin.listen("realtime_messages", (text) => {
    inOrder = inOrder.then(async () => {
      const dispatch = await readAnnouncement(admin, text);
      if (dispatch) follower.onMessage(dispatch);
    }).catch((error) => follower.onError(error));
  });
  return unlisten;
}
