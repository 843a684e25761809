import assert from "node:assert/strict";
import postgres from "postgres";
import { openPglite } from "./gate/open-pglite.ts";
import { startGate } from "./gate/pglite-gate.ts";
import { keepStatistics } from "./keep-statistics.ts";

Deno.test("keepStatistics() analyzes what has grown, once, and leaves the rest alone", async () => {
  const gate = await startGate(await openPglite());
  const url = `postgres://supabase_admin@127.0.0.1:${gate.port}/postgres`;
  const statistics = keepStatistics(url, (line) => assert.fail(line));
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(
      `create schema client_gym; create table client_gym."Odd name" (n int); create table public.quiet (n int)`,
    );
    await sql`insert into public.quiet select generate_series(1, 20)`;
    assert.deepEqual(await statistics.keep(), []);
    await sql`insert into client_gym."Odd name" select generate_series(1, 5000)`;
    assert.deepEqual(await statistics.keep(), ['client_gym."Odd name"']);
    const [row] = await sql`select reltuples::int as rows from pg_class where relname = 'Odd name'`;
    assert.equal(row?.rows, 5000);
    await sql`insert into client_gym."Odd name" select generate_series(1, 400)`;
    assert.deepEqual(await statistics.keep(), []);
    await sql`update client_gym."Odd name" set n = -n where n < 200`;
    assert.deepEqual(await statistics.keep(), ['client_gym."Odd name"']);
  } finally {
    await sql.end();
    await statistics.stop();
    await gate.stop();
  }
});
