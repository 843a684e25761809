import assert from "node:assert/strict";
import { channelJobs } from "@app/conversations/mod.ts";
import { offlineModel } from "@app/models/mod.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld } from "./testing.ts";

Deno.test("promises", async (test) => {
  const world = await startWorld();
  const person = "5491100000001";
  const [keepPromise] = channelJobs({ database: world.database, wakeAt() {} })
    .filter(({ name }) => name === "keep_promise");
  const promise = (
    tenant: Awaited<ReturnType<typeof world.makeTenant>>,
    sessionId: string,
  ) =>
    world.look<{ id: string }>(
      tenant,
      (sql) =>
        sql`insert into promises (session_id, content, doer, due_at)
        values (${sessionId}, 'te escribo mañana por tu clase', 'bot', now() - interval '1 second') returning id`,
    );
  const fall = async (
    tenant: Awaited<ReturnType<typeof world.makeTenant>>,
    id: string | undefined,
  ) =>
    await keepPromise?.run({ promise_id: id }, {
      tenant,
      signal: new AbortController().signal,
    });
  const statusOf = async (
    tenant: Awaited<ReturnType<typeof world.makeTenant>>,
  ) =>
    (await world.look<{ status: string }>(
      tenant,
      (sql) => sql`select status from promises`,
    ))[0]?.status;

  await test.step("the bot writes when one is due, once, and knows what the person left", async () => {
    const tenant = await world.makeTenant();
    const model = scriptedModel(buildProposal());
    const worker = world.worker({ model });
    const sessionId = await world.write(tenant, person, "hola");
    await worker.run();
    await world.look(
      tenant,
      (sql) => sql`update sessions set hand_back_note = 'Quiere la clase de las 7'`,
    );
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    await worker.run();
    const asked = model.calls.at(-1)?.snapshot;
    assert.equal(asked?.cause, "promise");
    assert.equal(asked?.session.handBackNote, "Quiere la clase de las 7");
    assert.deepEqual(
      asked?.promises?.map(({ content, doer }) => [content, doer]),
      [[
        "te escribo mañana por tu clase",
        "bot",
      ]],
    );
    assert.equal(worker.posts.length, 2);
    assert.equal(await statusOf(tenant), "kept");
    await fall(tenant, made?.id);
    await worker.run();
    assert.equal(worker.posts.length, 2);
  });

  await test.step("the offline model says what was promised", async () => {
    const tenant = await world.makeTenant();
    const worker = world.worker({ model: offlineModel() });
    const sessionId = await world.write(tenant, person, "hola");
    await worker.run();
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    await worker.run();
    assert.match(
      JSON.stringify(worker.posts.slice(1)),
      /te escribo mañana por tu clase/,
    );
  });

  await test.step("one that falls due while a message is answered gets its own turn", async () => {
    const tenant = await world.makeTenant();
    const worker = world.worker();
    const sessionId = await world.write(tenant, person, "hola");
    await promise(tenant, sessionId);
    await worker.run();
    const turns = await world.look<{ cause: string }>(
      tenant,
      (sql) => sql`select cause from turns order by created_at`,
    );
    assert.deepEqual(turns.map(({ cause }) => cause), ["messages", "promise"]);
    assert.equal(await statusOf(tenant), "kept");
  });

  await test.step("one that cannot be kept any more when its turn comes is a person's", async () => {
    const tenant = await world.makeTenant();
    const worker = world.worker();
    const sessionId = await world.write(tenant, person, "hola");
    await worker.run();
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    await world.look(
      tenant,
      (sql) => sql`update sessions set holder = 'human'`,
    );
    await worker.run();
    assert.equal(worker.posts.length, 1);
    assert.equal(await statusOf(tenant), "escalated");
    const [asked] = await world.look(
      tenant,
      (sql) => sql`select category, urgency from escalations`,
    );
    assert.deepEqual({ ...asked }, { category: "promise", urgency: "high" });
  });

  await test.step("one whose turn fails to the end is a person's, and told in the request", async () => {
    const tenant = await world.makeTenant();
    const sessionId = await world.write(tenant, person, "hola");
    await world.worker().run();
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    const broken = { id: "broken", complete: () => Promise.reject(new Error("a bug")) };
    const worker = world.worker({
      model: broken as never,
      settings: { maxAttempts: 2, backoffSeconds: 0.001 },
    });
    for (let look = 0; look < 50 && await statusOf(tenant) === "open"; look++) {
      await worker.run();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(await statusOf(tenant), "escalated");
    const [asked] = await world.look<{ summary: string; urgency: string }>(
      tenant,
      (sql) => sql`select summary, urgency from escalations where status <> 'resolved'`,
    );
    assert.match(asked?.summary ?? "", /te escribo mañana por tu clase/);
    assert.equal(asked?.urgency, "high");
  });

  await test.step("one whose turn a takeover overtakes is that person's", async () => {
    const tenant = await world.makeTenant();
    const sessionId = await world.write(tenant, person, "hola");
    await world.worker().run();
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    const model = scriptedModel(buildProposal());
    const { complete } = model;
    model.complete = async (...args) => {
      await world.look(tenant, (sql) => sql`update sessions set holder = 'human', fence = fence + 1`);
      return await complete.apply(model, args);
    };
    await world.worker({ model }).run();
    assert.equal(await statusOf(tenant), "escalated");
  });

  await test.step("one that was cancelled makes no turn", async () => {
    const tenant = await world.makeTenant();
    const worker = world.worker();
    const sessionId = await world.write(tenant, person, "hola");
    await worker.run();
    const [made] = await promise(tenant, sessionId);
    await fall(tenant, made?.id);
    await world.look(
      tenant,
      (sql) => sql`update promises set status = 'cancelled', settled_at = now()`,
    );
    await worker.run();
    assert.equal(worker.posts.length, 1);
  });

  await world.stop();
});
