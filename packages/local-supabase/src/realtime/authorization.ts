import type { Sql, TransactionSql } from "postgres";
import type { Claims } from "./claims.ts";

/** What the policies on `realtime.messages` let somebody do with a private topic. */
export interface Rights {
  canRead: boolean;
  canReadPresence: boolean;
  canBroadcast: boolean;
  canTrack: boolean;
}

const extensions = ["broadcast", "presence"] as const;

/**
 * Asks the policies: rows are put into `realtime.messages`, looked for and inserted as the caller, and all of it is
 * rolled back. A policy that fails denies.
 *
 * @param admin Logs in as a role that policies do not hold back and that may become the caller's.
 */
export async function readRights(admin: Sql, topic: string, claims: Claims): Promise<Rights> {
  const outcome: { readable: Set<string>; writable: Set<string> } = {
    readable: new Set(),
    writable: new Set(),
  };
  const undo = new Error("rolled back as always");
  await admin.begin(async (sql) => {
    const probes = await sql<{ id: string; extension: string }[]>`
      insert into realtime.messages (topic, extension, private)
      select ${topic}, extension, true from unnest(${[
      ...extensions,
    ]}::text[]) as extension returning id, extension`;
    await actAs(sql, topic, claims);
    const ids = probes.map((probe) => probe.id);
    await sql.savepoint(async (inner) => {
      const seen = await inner<{ extension: string }[]>`
        select extension from realtime.messages where id = any(${ids}::uuid[])`;
      outcome.readable = new Set(seen.map((row) => row.extension));
    }).catch(ignoreRefusal);
    for (const extension of extensions) {
      await sql.savepoint(async (inner) => {
        await inner`insert into realtime.messages (topic, extension, private) values (${topic}, ${extension}, true)`;
        outcome.writable.add(extension);
      }).catch(ignoreRefusal);
    }
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return {
    canRead: outcome.readable.has("broadcast"),
    canReadPresence: outcome.readable.has("presence"),
    canBroadcast: outcome.writable.has("broadcast"),
    canTrack: outcome.writable.has("presence"),
  };
}

async function actAs(sql: TransactionSql, topic: string, claims: Claims): Promise<void> {
  const subject = typeof claims.sub === "string" ? claims.sub : "";
  await sql`
    select set_config('realtime.topic', ${topic}, true),
      set_config('request.jwt.claims', ${JSON.stringify(claims)}, true),
      set_config('request.jwt.claim.sub', ${subject}, true),
      set_config('request.jwt.claim.role', ${claims.role}, true),
      set_config('request.headers', '{}', true),
      set_config('role', ${claims.role}, true)`;
}

/** A refusal is an answer; losing the connection is none. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "PostgresError") throw error;
}
