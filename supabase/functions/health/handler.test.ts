import assert from "node:assert/strict";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { handle } from "./handler.ts";

const server = await startTestDatabase();
const database = openDatabase({ url: server.url, poolSize: 1, prepare: true });
const { fetch } = serve(
  "health",
  (request) => handle(request, { database, limits: openRateLimits(database) }),
);
Deno.test.afterAll(async () => {
  await database.close();
  await server.stop();
});

const ask = (method = "GET") => fetch(new Request("http://127.0.0.1/health", { method }));

Deno.test("handle() counts what waits, and tells of no tenant", async () => {
  const response = await ask();
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), {
    status: "ok",
    database: "ok",
    overdue_ms: 0,
    failed_webhooks_waiting: 0,
    failed_webhooks_dead: 0,
  });
  assert.equal((await ask("POST")).status, 405);
});

Deno.test("handle() answers 503 when due work waits for minutes, with its age", async () => {
  await server.sql`select private.provision_tenant('late', 'Late')`;
  await server
    .sql`insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
    select id, schema_name, gen_random_uuid(), 'turn', now() - interval '3 minutes' from public.tenants`;
  const response = await ask();
  assert.equal(response.status, 503);
  const { status, overdue_ms } = await response.json();
  assert.equal(status, "late");
  assert.ok(overdue_ms >= 180_000 && overdue_ms < 200_000);
});

Deno.test("handle() answers 503 when the database is down", async () => {
  await server.crash();
  try {
    assert.equal((await ask()).status, 503);
  } finally {
    await server.startAgain();
  }
});
