import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { startPgliteThread } from "./pglite-thread.ts";

Deno.test("startPgliteThread() opens a broken PGlite again, with everything that was committed", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "pglite-"));
  const said: string[] = [];
  const thread = await startPgliteThread({ folder, say: (line) => void said.push(line) });
  const sql = postgres(`postgres://supabase_admin@127.0.0.1:${thread.port}/postgres`, {
    max: 1,
    onnotice: () => {},
  });
  await sql`create table public.kept as select 7 as value`;
  await sql`create function public.deep(i int) returns int language plpgsql as 'begin return public.deep(i + 1); end'`;
  await assert.rejects(sql`select public.deep(1)`);
  let value: unknown;
  for (let tries = 0; value === undefined && tries < 100; tries++) {
    const [row] = await sql`select value from public.kept`.catch(() => []);
    value = row?.value;
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.equal(value, 7);
  assert.equal(said.length, 1);
  await sql.end({ timeout: 1 });
  await thread.stop();
  await rm(folder, { recursive: true });
});

Deno.test("PgliteThread.stop() does not wait until a long statement has come to its end", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const thread = await startPgliteThread({ stopWithinMs: 300 });
  const sql = postgres(`postgres://supabase_admin@127.0.0.1:${thread.port}/postgres`, {
    max: 1,
    onnotice: () => {},
  });
  await sql`select 1`;
  let isOver = false;
  const long = sql.unsafe(`do $$
    begin
      while clock_timestamp() < now() + interval '8 seconds' loop null; end loop;
    end $$`).catch(() => {}).finally(() => isOver = true);
  await new Promise((go) => setTimeout(go, 300));
  await thread.stop();
  assert.equal(isOver, false);
  await long;
  await sql.end({ timeout: 0 });
});
