import assert from "node:assert/strict";
import { defaultJobSettings, runJobs, sendPush, systemTimers } from "@app/conversations/mod.ts";
import { makePushKeys, openWebPush } from "@app/push/mod.ts";
import { startPushService } from "@app/push/testing.ts";
import { openDatabase } from "../_shared/database.ts";
import { startStage } from "../../tests/testing/stage.ts";

Deno.test("sendPush() tells a device, forgets one that is gone, and tries again what can pass", async (test) => {
  const stage = await startStage();
  const database = openDatabase({ url: stage.database.url, poolSize: 2, prepare: true });
  const service = startPushService();
  const keys = makePushKeys();
  const reports: [string, Record<string, string | number> | undefined][] = [];
  const report = (event: string, _: unknown, fields?: Record<string, string | number>) =>
    void reports.push([event, fields]);
  const settings = { ...defaultJobSettings, backoffSeconds: 0.001 };
  const run = (push = openWebPush({ keys, subject: "mailto:a@b.test" })) =>
    runJobs([sendPush({ database, push, report })], { database, timers: systemTimers, settings, report });
  await stage
    .sql`insert into private.push_services (name, endpoints) values ('double', ${service.endpoints})`;
  await stage.sql`delete from public.push_subscriptions`;
  await stage.sql`delete from private.jobs`;

  const device = async (applicationServerKey = keys.publicKey) => {
    const { endpoint, keys: { p256dh, auth } } = await service.subscribe(applicationServerKey);
    const [row] = await stage.sql`
      insert into public.push_subscriptions (tenant_id, user_id, endpoint, p256dh, auth, language)
      values (${stage.a.id}, ${stage.a.people.agent}, ${endpoint}, ${p256dh}, ${auth}, 'pt') returning id`;
    return { id: String(row?.id), endpoint };
  };
  const notice = {
    kind: "request",
    slug: "stage_a",
    session_id: stage.a.sessionId,
    name: "Ana",
    category: "asked_for_person",
    urgency: "high",
    receipt: { tenant_id: stage.a.id, token: crypto.randomUUID() },
  };
  const plan = (subscriptionId: string, tenantId = stage.a.id) =>
    stage.sql`insert into private.jobs (tenant_id, name, payload)
      values (${tenantId}, 'send_push', ${stage.sql.json({ subscription_id: subscriptionId, notice })})`;
  const isKept = async (id: string) =>
    (await stage.sql`select from public.push_subscriptions where id = ${id}`).length === 1;

  await test.step("in its language, with a topic of the conversation", async () => {
    const { id, endpoint } = await device();
    await plan(id);
    assert.deepEqual(await run(), { done: 1, failed: 0 });
    const [push] = service.received;
    assert.equal(push?.endpoint, endpoint);
    assert.deepEqual(JSON.parse(push?.text ?? ""), { ...notice, language: "pt" });
    assert.deepEqual([push?.urgency, push?.ttlSeconds, push?.topic], [
      "high",
      1800,
      stage.a.sessionId.replaceAll("-", ""),
    ]);
  });

  await test.step("again after trouble", async () => {
    const { id } = await device();
    service.answerWith(503, 429);
    await plan(id);
    for (let look = 0; look < 100 && service.received.length < 2; look++) {
      await run();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(service.received.length, 2);
  });

  await test.step("not one that has left, or that another key is for", async () => {
    const gone = await device();
    service.unsubscribe(gone.endpoint);
    await plan(gone.id);
    await run();
    assert.equal(await isKept(gone.id), false);
    await plan(gone.id);
    assert.deepEqual(await run(), { done: 1, failed: 0 });
    reports.length = 0;
    const foreign = await device(makePushKeys().publicKey);
    await plan(foreign.id);
    await run();
    assert.deepEqual(reports, [["push_refused", { outcome: "refused_403", host: "127.0.0.1" }]]);
    assert.equal(await isKept(foreign.id), true);
  });

  await test.step("not one of another tenant, nor an address that is no push service's any more", async () => {
    const { id } = await device();
    const before = service.received.length;
    await plan(id, stage.b.id);
    await run();
    await stage.sql`delete from private.push_services where name = 'double'`;
    await plan(id);
    await run();
    assert.equal(service.received.length, before);
  });

  await service.stop();
  await database.close();
  await stage.stop();
});
