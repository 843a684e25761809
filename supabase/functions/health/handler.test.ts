import assert from "node:assert/strict";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { handle } from "./handler.ts";

const server = await startTestDatabase();
const database = openDatabase({ url: server.url, poolSize: 1, prepare: true });
const settings = {
  secrets: { secretKeys: { automations: "sb_secret_x" } },
} as unknown as Parameters<
  typeof handle
>[1]["settings"];
const { fetch } = serve(
  "health",
  (request) => handle(request, { database, limits: openRateLimits(database), settings }),
);
Deno.test.afterAll(async () => {
  await database.close();
  await server.stop();
});

const ask = (method = "GET", headers = {}) =>
  fetch(new Request("http://127.0.0.1/health", { method, headers }));
const operator = { apikey: "sb_secret_x" };

const calm = {
  status: "ok",
  database: "ok",
  overdue_ms: 0,
  due: 0,
  stuck_work: 0,
  stuck_jobs: 0,
  channels: 0,
  channels_disabled: 0,
  channels_stopped: 0,
  failed_webhooks_waiting: 0,
  failed_webhooks_dead: 0,
};

Deno.test("handle() counts what waits", async () => {
  const response = await ask();
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), calm);
  assert.equal((await ask("POST")).status, 405);
});

Deno.test("handle() says what is late, stuck, stopped and waiting, and tells operations alone whose it is", async () => {
  const { sql } = server;
  const [tenant] = await sql`select private.provision_tenant('late', 'Late') as id`;
  await sql`insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name, is_enabled,
      stopped_until, stop_reason)
    values (${tenant?.id}, 'client_late', 'whatsapp', '1', 'One', true, null, null),
      (${tenant?.id}, 'client_late', 'whatsapp', '2', 'Two', false, null, null),
      (${tenant?.id}, 'client_late', 'whatsapp', '3', 'Three', true, 'infinity', '{"code": 190}')`;
  await sql`insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, attempts)
    values (${tenant?.id}, 'client_late', gen_random_uuid(), 'turn', now() - interval '3 minutes', 3),
      (${tenant?.id}, 'client_late', gen_random_uuid(), 'turn', now() - interval '1 second', 0)`;
  await sql`select private.keep_failed_webhook('whatsapp', '1', ${tenant?.id}, null, '{}', 'not_stored', true)`;

  const anonymous = await ask();
  const { overdue_ms: overdueMs, ...counts } = await anonymous.json();
  assert.equal(anonymous.status, 200, "the database answers");
  assert.ok(overdueMs >= 180_000 && overdueMs < 400_000);
  const { overdue_ms: _calm, ...before } = calm;
  assert.deepEqual(counts, {
    ...before,
    status: "late",
    due: 2,
    stuck_work: 1,
    channels: 2,
    channels_disabled: 1,
    channels_stopped: 1,
    failed_webhooks_waiting: 1,
  });

  const wrongKey = await ask("GET", { apikey: "sb_publishable_y" });
  assert.equal("problems" in await wrongKey.json(), false);
  const { problems } = await (await ask("GET", operator)).json();
  const told = problems.map((
    each: Record<string, unknown>,
  ) => [each.problem, each.tenant_id, each.amount]);
  assert.deepEqual(told, [
    ["channel_disabled", tenant?.id, 1],
    ["channel_stopped", tenant?.id, 1],
    ["stuck_work", tenant?.id, 1],
    ["webhooks_waiting", tenant?.id, 1],
  ]);
});

Deno.test("handle() answers 503 when the database is away, and only then", async () => {
  await server.crash();
  try {
    assert.equal((await ask()).status, 503);
  } finally {
    await server.startAgain();
  }
});
