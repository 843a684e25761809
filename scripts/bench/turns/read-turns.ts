import postgres, { type TransactionSql } from "postgres";
import type { Stage } from "../../stage/stage.ts";

/** Committed turns of all tenants. */
export interface Turns {
  /** From opened to committed, in milliseconds. */
  latencies: number[];
  /** From the first that was opened to the last that was committed. */
  seconds: number;
}

/** Lets the debounce of everything that waits be over, as if the time had passed. */
export async function makeAllDue(stage: Stage): Promise<void> {
  const sql = postgres(stage.database.adminUrl, { max: 1 });
  await sql`update private.due_work set due_at = now()`;
  await sql.end();
}

/** Waits until so many turns are committed. @throws When they are not within `patienceMs`. */
export async function untilCommitted(stage: Stage, wanted: number, patienceMs: number): Promise<void> {
  const startedAt = Date.now();
  for (;;) {
    const counts = await inEachTenant(
      stage,
      (sql) => sql<{ count: number }[]>`select count(*)::int as count from turns where status = 'committed'`,
    );
    const count = counts.reduce((sum, row) => sum + row.count, 0);
    if (count >= wanted) return;
    if (Date.now() - startedAt > patienceMs) {
      throw new Error(`Cannot measure: ${count} of ${wanted} turns committed`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Reads how long the committed turns took. */
export async function readTurns(stage: Stage): Promise<Turns> {
  const rows = await inEachTenant(
    stage,
    (sql) =>
      sql<{ latency: number; opened: number; committed: number }[]>`
      select latency_ms as latency, extract(epoch from created_at)::float8 as opened,
        extract(epoch from finished_at)::float8 as committed
      from turns where status = 'committed'`,
  );
  const first = rows.reduce((least, row) => Math.min(least, row.opened), Infinity);
  const last = rows.reduce((most, row) => Math.max(most, row.committed), 0);
  return { latencies: rows.map((row) => row.latency), seconds: last - first };
}

/** How long each turn on a tap waited after the tap was stored, in milliseconds. */
export async function readStarts(stage: Stage): Promise<number[]> {
  const rows = await inEachTenant(stage, (sql) =>
    sql<{ waited: number }[]>`
      select extract(epoch from t.created_at - m.created_at)::float8 * 1000 as waited
      from messages m
      join lateral (
        select created_at from turns t where t.session_id = m.session_id order by t.created_at limit 1
      ) t on true
      where m.direction = 'inbound' and m.type = 'interactive'`);
  return rows.map((row) => row.waited);
}

async function inEachTenant<Row>(
  stage: Stage,
  read: (sql: TransactionSql) => Promise<Row[]>,
): Promise<Row[]> {
  const sql = postgres(stage.database.adminUrl, { max: 1 });
  const rows: Row[] = [];
  for (const { schemaName } of stage.tenants) {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('search_path', ${schemaName}, true)`;
      for (const row of await read(transaction)) rows.push(row);
    });
  }
  await sql.end();
  return rows;
}
