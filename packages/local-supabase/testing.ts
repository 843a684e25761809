/** A real PostgreSQL 17 for a test file: what Supabase ships, and the product's migrations as the hosted-like role. */
import postgres, { type Sql } from "postgres";
import { startCluster } from "../../scripts/postgres17/cluster.mjs";
import { prepareCluster } from "./src/testing/prepare-cluster.ts";
import { ensureSystemSchema } from "./src/system-schema.ts";

/** A running database of its own cluster. */
export interface TestDatabase {
  /** Logs in as `postgres`, which has no more rights than on Supabase. */
  url: string;
  /** Logs in as the superuser: only for what Supabase itself does. */
  adminUrl: string;
  /** A pool on {@linkcode url}. */
  sql: Sql;
  /** Ends the pool and removes the cluster. */
  stop(): Promise<void>;
  /** Stops the server as a crash would; {@linkcode TestDatabase.startAgain} recovers. */
  crash(): Promise<void>;
  startAgain(): Promise<void>;
  /** Everything that the server has written to its log. */
  log(): Promise<string>;
}

/**
 * Starts a database; about 1 s, some seconds more after a migration changed. Unpacks PostgreSQL 17 the first time.
 *
 * @param options `isEmpty` leaves the product's migrations out; `settings` are lines of postgresql.conf.
 */
export async function startTestDatabase(
  options: { isEmpty?: boolean; settings?: string[] } = {},
): Promise<TestDatabase> {
  const data = options.isEmpty ? undefined : await prepareCluster();
  const cluster = await startCluster({ data, settings: ["fsync = off", ...options.settings ?? []] });
  if (options.isEmpty) await ensureSystemSchema(cluster.adminUrl);
  const url = cluster.adminUrl.replace("supabase_admin", "postgres");
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  return {
    url,
    adminUrl: cluster.adminUrl,
    sql,
    crash: cluster.stopAtOnce,
    startAgain: cluster.start,
    log: cluster.log,
    async stop() {
      await sql.end({ timeout: 5 });
      await cluster.stop();
    },
  };
}

export { fileStorage } from "./src/api/file-storage.ts";
export { followMessages } from "./src/realtime/follow-messages.ts";
export { linkOf } from "./src/api/keep-mail.ts";
export { freePort } from "./src/free-port.ts";
export { startTestApi, type TestApi } from "./src/start-test-api.ts";
