import postgres from "postgres";

/** Analyzes tables that have changed, as autovacuum does on a server. */
export interface StatisticsKeeper {
  /** Analyzes what has changed since. @returns The names of the tables. */
  keep(): Promise<string[]>;
  stop(): Promise<void>;
}

/** As autovacuum's own naptime: https://www.postgresql.org/docs/17/runtime-config-autovacuum.html */
const everyMs = 60_000;

/**
 * Keeps the statistics of PGlite, which has no autovacuum: a planner that believes a table of 50,000 rows to be empty joins
 * it row by row. A table is analyzed when 50 rows and a tenth of it have changed, autovacuum's own measure; each in a
 * transaction of its own, so that everybody else gets the database in between.
 *
 * @param adminUrl Logs in as the superuser.
 * @param say Told once while it fails.
 */
export function keepStatistics(adminUrl: string, say: (line: string) => void): StatisticsKeeper {
  const sql = postgres(adminUrl, { max: 1, prepare: false, onnotice: () => {}, idle_timeout: 5 });
  let underWay: Promise<string[]> | undefined;
  let isFailing = false;

  async function analyze(): Promise<string[]> {
    // What was counted in the one session of PGlite is kept there for a while; this has it written down.
    await sql`select pg_stat_force_next_flush()`;
    const changed = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
      where n_mod_since_analyze > 50 + n_live_tup / 10 order by 1`;
    for (const { name } of changed) await sql.unsafe(`analyze ${name}`);
    return changed.map(({ name }) => name);
  }

  async function keep(): Promise<string[]> {
    underWay ??= analyze().finally(() => underWay = undefined);
    return await underWay;
  }

  const timer = setInterval(() => {
    keep().then(() => isFailing = false, (error: Error) => {
      if (!isFailing) say(`Cannot keep the statistics of the database: ${error.message}`);
      isFailing = true;
    });
  }, everyMs);
  return {
    keep,
    async stop() {
      clearInterval(timer);
      await sql.end({ timeout: 1 });
    },
  };
}
