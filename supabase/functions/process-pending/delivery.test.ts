import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { accept, startWorld, type TestTenant } from "./testing.ts";

const person = "5491100000001";

const twoReplies = buildProposal({
  replies: [{ text: "one", buttons: [] }, {
    text: "two",
    buttons: [{ id: "yes", title: "Sí" }],
  }],
});

Deno.test("processDueWork() sends replies", async (test) => {
  const world = await startWorld();

  const messagesOf = (tenant: TestTenant) =>
    world.look(
      tenant,
      (sql) =>
        sql`select m.status, m.attempts, m.error ->> 'reason' as reason from messages m
        where m.direction = 'outbound' order by m.seq`,
    );
  const receive = (tenant: TestTenant, status: Record<string, unknown>) =>
    world.look(
      tenant,
      (sql) =>
        sql`select engine.receive_statuses(${tenant.configId}::uuid, ${
          sql.json([{
            kind: "status",
            timestamp: new Date().toISOString(),
            ...status,
          }])
        })`,
    );

  await test.step("in their order, one after the other, to the contact's number, with our id", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    let inFlight = 0;
    const worker = world.worker({
      model: scriptedModel(twoReplies),
      post: async () => {
        assert.equal(++inFlight, 1);
        await pause(20);
        inFlight--;
        return accept();
      },
    });
    await worker.run();
    assert.deepEqual(worker.posts.map((post) => post.content), [
      { type: "text", text: "one" },
      { type: "buttons", text: "two", buttons: [{ id: "yes", title: "Sí" }] },
    ]);
    assert.deepEqual(worker.posts[0]?.identities, [{
      kind: "phone",
      externalId: person,
    }]);
    const ids = await world.look(
      tenant,
      (sql) =>
        sql<{ id: string; external_id: string }>`
        select id, external_id from messages where direction = 'outbound' order by seq`,
    );
    assert.deepEqual(
      worker.posts.map((post) => post.id),
      ids.map(({ id }) => id),
    );
    assert.ok(
      ids.every(({ external_id }) => external_id.startsWith("wamid.out")),
    );
  });

  await test.step("a long reply as bubbles with WhatsApp's formatting, its choices under the last", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const paragraph = "Tenemos cajas de diez, doce y catorce pulgadas, todas de cartón reciclado y sin olor.";
    const worker = world.worker({
      model: scriptedModel(buildProposal({
        replies: [{
          text: `**Claro.** ${paragraph}\n\n${paragraph}`,
          buttons: [{ id: "ten", title: "Diez" }],
        }],
      })),
    });
    await worker.run();
    assert.deepEqual(worker.posts.map((post) => post.content), [
      { type: "text", text: `*Claro.* ${paragraph}` },
      {
        type: "buttons",
        text: paragraph,
        buttons: [{ id: "ten", title: "Diez" }],
      },
    ]);
  });

  await test.step("an accepted message is sending until its status comes, also one that came early", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      post: async () => {
        await receive(tenant, {
          externalId: "wamid.early",
          status: "delivered",
        });
        await receive(tenant, { externalId: "wamid.early", status: "sent" });
        return { kind: "accepted", externalId: "wamid.early" };
      },
    });
    await worker.run();
    assert.deepEqual([...await messagesOf(tenant)], [{
      status: "delivered",
      attempts: 1,
      reason: null,
    }]);
    await receive(tenant, { externalId: "wamid.early", status: "sent" });
    assert.equal((await messagesOf(tenant))[0]?.status, "delivered");
  });

  await test.step("a takeover after commit cancels what is not claimed yet", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      model: scriptedModel(twoReplies),
      post: async () => {
        await world.look(
          tenant,
          (sql) => sql`update sessions set holder = 'human', fence = fence + 1`,
        );
        return accept();
      },
    });
    await worker.run();
    assert.equal(worker.posts.length, 1);
    assert.deepEqual([...await messagesOf(tenant)], [
      { status: "sending", attempts: 1, reason: null },
      { status: "cancelled", attempts: 0, reason: "taken_over" },
    ]);
    assert.equal(
      (await world.look(
        tenant,
        (sql) => sql`select from events where name = 'message_cancelled'`,
      )).length,
      1,
    );
  });

  await test.step("nothing leaves to who opted out or is blocked, and no free text outside the window", async () => {
    const changes = {
      contact_opted_out: "update contacts set opted_out_at = now()",
      contact_blocked: "update contacts set blocked_at = now()",
      window_closed: "update sessions set window_expires_at = now()",
    };
    for (const [reason, statement] of Object.entries(changes)) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      const worker = world.worker({
        model: scriptedModel(twoReplies),
        post: async () => {
          await world.admin.unsafe(
            `set search_path = ${tenant.schemaName}; ${statement}; reset search_path`,
          ).simple();
          return accept();
        },
      });
      await worker.run();
      assert.equal(worker.posts.length, 1, reason);
      assert.equal((await messagesOf(tenant))[1]?.reason, reason);
    }
  });

  await test.step("an unanswered POST is repeated once under its id when the number is alive, and no third time", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      settings: { silenceSeconds: 0.4, pollSeconds: 0.05 },
      post: async (message) => {
        if (message.identities[0]?.externalId === person) {
          return { kind: "unknown", why: "no_answer_in_time" };
        }
        // Another conversation of that number is heard of.
        await receive(tenant, {
          externalId: "wamid.heard",
          status: "sent",
          callbackData: message.id,
        });
        return { kind: "accepted", externalId: "wamid.heard" };
      },
    });
    const run = worker.start();
    for (let look = 0; worker.posts.length === 0 && look < 100; look++) {
      await pause(10);
    }
    await world.write(tenant, "5491100000002", "hola");
    run.nudge();
    await run.finished;
    const posts = worker.posts.filter((post) => post.identities[0]?.externalId === person);
    assert.equal(posts.length, 2);
    assert.equal(posts[0]?.id, posts[1]?.id);
    assert.deepEqual((await messagesOf(tenant))[0], {
      status: "unknown",
      attempts: 2,
      reason: "no_answer",
    });
    assert.equal(
      (await world.look(tenant, (sql) => sql`select from escalations`)).length,
      1,
    );
  });

  await test.step("a number that is silent altogether is not tried again; a person is told", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      settings: { silenceSeconds: 0.1, pollSeconds: 0.05 },
      post: () => ({ kind: "unknown", why: "connection_lost" }),
    });
    await worker.run();
    assert.equal(worker.posts.length, 1);
    const [session] = await world.look(
      tenant,
      (sql) => sql`select holder from sessions`,
    );
    assert.deepEqual(session, { holder: "queue" });
  });

  await test.step("a status settles an unanswered POST, and the next message goes", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    let posts = 0;
    const worker = world.worker({
      model: scriptedModel(twoReplies),
      settings: { silenceSeconds: 30, pollSeconds: 0.05 },
      post: (message) => {
        if (++posts > 1) return accept();
        setTimeout(
          () =>
            receive(tenant, {
              externalId: "wamid.late",
              status: "delivered",
              callbackData: message.id,
            }),
          100,
        );
        return { kind: "unknown", why: "no_answer_in_time" };
      },
    });
    await worker.run();
    assert.equal(worker.posts.length, 2);
    assert.deepEqual((await messagesOf(tenant)).map(({ status }) => status), [
      "delivered",
      "sending",
    ]);
  });

  await test.step("a worker that dies while sending leaves a message that nobody knows about", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const dying = world.worker({
      settings: { claimForMs: 0, leaseSeconds: 0.2, sendDeadlineSeconds: 0.2 },
      post: () => new Promise(() => {}),
    });
    dying.start();
    for (let look = 0; dying.posts.length === 0 && look < 100; look++) {
      await pause(50);
    }
    assert.equal(dying.posts.length, 1);
    await pause(300);
    const heir = world.worker({
      settings: { silenceSeconds: 0.1, pollSeconds: 0.05 },
    });
    await heir.run();
    assert.equal(heir.posts.length, 0);
    assert.deepEqual([...await messagesOf(tenant)], [{
      status: "unknown",
      attempts: 1,
      reason: "no_answer",
    }]);
  });

  await test.step("a refusal that can pass is tried again; what the customer got is counted once", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    let posts = 0;
    const worker = world.worker({
      settings: { backoffSeconds: 0.02, pollSeconds: 0.02 },
      post: () =>
        ++posts < 4 ? { kind: "refused", code: 131000, action: "retry", title: "Trouble" } : accept(),
    });
    await worker.run();
    assert.equal(worker.posts.length, 4);
    assert.deepEqual([...await messagesOf(tenant)], [{
      status: "sending",
      attempts: 1,
      reason: null,
    }]);
  });

  await test.step("a refusal for good fails, closes the window if Meta says so, and calls a person", async () => {
    for (const action of ["give_up", "close_window", "ask_template"] as const) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      const worker = world.worker({
        model: scriptedModel(twoReplies),
        post: () => ({ kind: "refused", code: 131047, action, title: "No" }),
      });
      await worker.run();
      const statuses = (await messagesOf(tenant)).map(({ status }) => status);
      assert.deepEqual(
        statuses,
        action === "close_window" ? ["failed", "cancelled"] : ["failed", "failed"],
        action,
      );
      const [session] = await world.look(
        tenant,
        (sql) => sql`select holder, window_expires_at <= now() as "isClosed" from sessions`,
      );
      assert.deepEqual(session, {
        holder: "queue",
        isClosed: action === "close_window",
      });
    }
  });

  await test.step("a message that stays refused is given up after a few refusals", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      settings: { backoffSeconds: 0.001, pollSeconds: 0.02, refusalLimit: 3 },
      post: () => ({
        kind: "refused",
        code: 131056,
        action: "wait",
        retryAfterMs: 20,
        title: "Too fast",
      }),
    });
    await worker.run();
    assert.equal(worker.posts.length, 3);
    assert.deepEqual([...await messagesOf(tenant)], [{
      status: "failed",
      attempts: 1,
      reason: null,
    }]);
  });

  await world.stop();
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
