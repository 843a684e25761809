import assert from "node:assert/strict";
import { alertJobs, defaultJobSettings, runJobs, sendPush, systemTimers } from "@app/conversations/mod.ts";
import { makePushKeys, openWebPush } from "@app/push/mod.ts";
import { startPushService } from "@app/push/testing.ts";
import { openDatabase } from "../_shared/database.ts";
import { openRateLimits } from "../_shared/rate-limits.ts";
import { serve } from "../_shared/serve.ts";
import { appear } from "../../tests/testing/appear.ts";
import { startStage } from "../../tests/testing/stage.ts";
import { handle } from "./handler.ts";

Deno.test("a person who is wanted is notified, and what becomes of it comes back as receipts", async () => {
  const stage = await startStage();
  const database = openDatabase({ url: stage.database.url, poolSize: 2, prepare: true });
  const service = startPushService();
  const keys = makePushKeys();
  const push = openWebPush({ keys, subject: "mailto:a@b.test" });
  const report = (event: string, error: unknown) => assert.fail(`${event}: ${error}`);
  const run = () =>
    runJobs([...alertJobs({ database }), sendPush({ database, push, report })], {
      database,
      timers: systemTimers,
      settings: defaultJobSettings,
      report,
    });
  const { endpoint, keys: { p256dh, auth } } = await service.subscribe(keys.publicKey);
  const { sql, a } = stage;
  await sql`insert into private.push_services (name, endpoints) values ('double', ${service.endpoints})`;
  await sql`delete from public.push_subscriptions`;
  await sql`delete from private.jobs`;
  await sql`insert into public.push_subscriptions (tenant_id, user_id, endpoint, p256dh, auth)
    values (${a.id}, ${a.people.agent}, ${endpoint}, ${p256dh}, ${auth})`;
  await appear(sql, "online", { userId: a.people.agent });
  const tables = sql(a.schemaName);
  await sql`delete from ${tables}.escalations`;
  const asked = [{
    session_id: a.sessionId,
    reason: "asked_for_person",
    category: "asked_for_person",
    urgency: "high",
  }];
  await database.callAsTenant(a, (call) => call`engine.call_people(${call.json(asked)})`);
  assert.deepEqual(await run(), { done: 2, failed: 0 });
  const [received] = service.received;
  const notice = JSON.parse(received?.text ?? "{}");
  assert.deepEqual([notice.kind, notice.name, notice.session_id, notice.language], [
    "request",
    "Ana",
    a.sessionId,
    "es",
  ]);
  assert.doesNotMatch(received?.text ?? "", /hola/);

  const { fetch } = serve(
    "alert-receipt",
    (request) => handle(request, { database, limits: openRateLimits(database) }),
    {
      cors: true,
    },
  );
  const post = async (body: unknown) => {
    const url = "http://127.0.0.1/alert-receipt";
    const response = await fetch(new Request(url, { method: "POST", body: JSON.stringify(body) }));
    await response.body?.cancel();
    return response.status;
  };
  const state = async () => {
    const [row] = await sql`
      select sent_at is not null as sent, delivered_at is not null as delivered, opened_at is not null as opened
      from ${tables}.alerts where way = 'push'`;
    return { ...row };
  };
  assert.deepEqual(await state(), { sent: true, delivered: false, opened: false });
  assert.equal(await post({ ...notice.receipt, token: crypto.randomUUID(), event: "opened" }), 204);
  assert.equal(await post({ ...notice.receipt, tenant_id: stage.b.id, event: "opened" }), 204);
  assert.equal(await post({ ...notice.receipt, tenant_id: crypto.randomUUID(), event: "opened" }), 204);
  assert.deepEqual(await state(), { sent: true, delivered: false, opened: false });
  assert.equal(await post({ ...notice.receipt, event: "delivered" }), 204);
  assert.deepEqual(await state(), { sent: true, delivered: true, opened: false });
  assert.equal(await post({ ...notice.receipt, event: "opened" }), 204);
  assert.deepEqual(await state(), { sent: true, delivered: true, opened: true });
  for (const bad of [{}, "x", { ...notice.receipt, event: "seen" }, { ...notice.receipt, token: "1" }]) {
    assert.equal(await post(bad), 400);
  }
  await service.stop();
  await database.close();
  await stage.stop();
});
