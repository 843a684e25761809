import assert from "node:assert/strict";
import { z } from "zod";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

/** What is left of a conversation, to be compared at a glance. */
async function stateOf(world: TestWorld, tenant: TestTenant) {
  const [state] = await world.look(tenant, (sql) =>
    sql`select
      (select count(*) from private.due_work) as due,
      (select count(*) from pending_messages) as pending,
      (select jsonb_agg(t.status order by t.created_at) from turns t) as turns,
      (select jsonb_agg(m.status order by m.seq) from messages m where m.direction = 'outbound') as replies,
      (select jsonb_agg(distinct s.holder) from sessions s) as holders`);
  return { ...state };
}

/** A model that does something during its first call, and says which messages it read in each. */
function modelThat(during: () => Promise<unknown>, calls = 1) {
  let call = 0;
  return scriptedModel(
    async ({ snapshot }: { snapshot: { pending: { content: string }[] } }) => {
      if (call++ < calls) await during();
      const read = snapshot.pending.map((message) => message.content).join(" ");
      return buildProposal({
        replies: [{ text: `read: ${read}`, buttons: [] }],
      });
    },
  );
}

function textsOf(
  posts: { content: unknown }[],
): string[] {
  return posts.map((post) => z.object({ text: z.string() }).parse(post.content).text);
}

const committed = {
  due: 0,
  pending: 0,
  turns: ["committed"],
  replies: ["sending"],
  holders: ["bot"],
};

Deno.test("processDueWork() takes turns", async (test) => {
  const world = await startWorld();
  const person = "5491100000001";

  await test.step("a burst of five messages gets one turn, one model call and one reply", async () => {
    const tenant = await world.makeTenant();
    for (const text of ["hola", "necesito", "400", "cajas", "para pizza"]) {
      await world.write(tenant, person, text);
    }
    const model = modelThat(() => Promise.resolve());
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(worker.reports, []);
    assert.equal(model.calls.length, 1);
    assert.deepEqual(textsOf(worker.posts), [
      "read: hola necesito 400 cajas para pizza",
    ]);
    assert.deepEqual(await stateOf(world, tenant), committed);
  });

  await test.step("a message during the model call is neither lost nor answered blind", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const model = modelThat(() => world.write(tenant, person, "son 400"));
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(textsOf(worker.posts), ["read: hola son 400"]);
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["superseded", "committed"],
    });
  });

  await test.step("after two supersedes it commits for what it read, and the newer message gets the next turn", async () => {
    const tenant = await world.makeTenant();
    let more = 0;
    await world.write(tenant, person, "m0");
    const model = modelThat(() => world.write(tenant, person, `m${++more}`), 3);
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(textsOf(worker.posts), ["read: m0 m1 m2", "read: m3"]);
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["superseded", "superseded", "committed", "committed"],
      replies: ["sending", "sending"],
    });
    const [last] = model.calls.slice(-1);
    assert.ok(
      last?.snapshot.history.some((message) => message.content === "read: m0 m1 m2"),
    );
  });

  await test.step("a contact who has waited too long is answered in spite of newer messages", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    await world.look(
      tenant,
      (sql) => sql`update pending_messages set received_at = now() - interval '46 seconds'`,
    );
    const model = modelThat(() => world.write(tenant, person, "¿hay alguien?"));
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(textsOf(worker.posts), [
      "read: hola",
      "read: ¿hay alguien?",
    ]);
  });

  await test.step("the same delivery during the model call leaves the turn undisturbed", async () => {
    const tenant = await world.makeTenant();
    const externalId = "wamid.twice";
    await world.write(tenant, person, "hola", { externalId });
    const model = modelThat(() => world.write(tenant, person, "hola", { externalId }));
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(textsOf(worker.posts), ["read: hola"]);
    assert.deepEqual(await stateOf(world, tenant), committed);
  });

  await test.step("a zombie cannot commit: its lease was lost and another worker has answered", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const other = world.worker({ model: modelThat(() => Promise.resolve()) });
    const model = modelThat(async () => {
      await world
        .admin`update private.due_work set lease_until = now() - interval '1 second' where tenant_id = ${tenant.id}`;
      await other.run();
    });
    const zombie = world.worker({ model });
    await zombie.run();
    assert.equal(other.posts.length, 1);
    assert.equal(zombie.posts.length, 0);
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["superseded", "committed"],
    });
  });

  await test.step("a takeover and hand-back during the model call outdate the draft even after two supersedes", async () => {
    const tenant = await world.makeTenant();
    const session = await world.write(tenant, person, "hola");
    await world.look(
      tenant,
      (sql) => sql`update sessions set supersede_count = 9`,
    );
    const model = modelThat(() =>
      world.look(tenant, async (sql) => {
        await sql`update sessions set holder = 'human', fence = fence + 1 where id = ${session}::uuid`;
        return await sql`update sessions set holder = 'bot', fence = fence + 1 where id = ${session}::uuid`;
      })
    );
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["superseded", "committed"],
    });
  });

  await test.step("nothing is said in a session that a person took over during the model call", async () => {
    const tenant = await world.makeTenant();
    const session = await world.write(tenant, person, "hola");
    const model = modelThat(() =>
      world.look(
        tenant,
        (sql) => sql`update sessions set holder = 'human', fence = fence + 1 where id = ${session}::uuid`,
      )
    );
    const worker = world.worker({ model });
    await worker.run();
    assert.deepEqual(worker.posts, []);
    assert.deepEqual(await stateOf(world, tenant), {
      due: 0,
      pending: 1,
      turns: ["superseded"],
      replies: null,
      holders: ["human"],
    });
  });

  await test.step("who is blocked, opted out or outside the window gets no turn, and that is recorded", async () => {
    const states = {
      contact_blocked: "update contacts set blocked_at = now()",
      contact_opted_out: "update contacts set opted_out_at = now()",
      window_closed: "update sessions set window_expires_at = now()",
    };
    for (const [reason, statement] of Object.entries(states)) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      await world.admin.unsafe(
        `set search_path = ${tenant.schemaName}; ${statement}; reset search_path`,
      ).simple();
      const worker = world.worker();
      await worker.run();
      assert.deepEqual(worker.posts, [], reason);
      assert.deepEqual(await stateOf(world, tenant), {
        ...committed,
        turns: null,
        replies: null,
      }, reason);
      const [event] = await world.look(
        tenant,
        (sql) => sql`select body from events where name = 'turn_skipped'`,
      );
      assert.deepEqual(event, { body: { reason } });
    }
  });

  await test.step("a tenant that is suspended, has no machine or no usable model gets people", async () => {
    const suspended = await world.makeTenant();
    await world.write(suspended, person, "hola");
    await world.admin`select private.suspend_tenant(${suspended.id})`;
    const machineless = await world.makeTenant();
    await world.write(machineless, person, "hola");
    await world.look(
      machineless,
      (sql) => sql`update state_machines set is_active = false`,
    );
    const worker = world.worker();
    await worker.run();
    for (const tenant of [suspended, machineless]) {
      const state = await stateOf(world, tenant);
      assert.deepEqual(state, {
        due: 0,
        pending: 1,
        turns: null,
        replies: null,
        holders: ["queue"],
      });
      assert.equal(
        (await world.look(
          tenant,
          (sql) => sql`select from escalations where status = 'open'`,
        )).length,
        1,
      );
    }
    const keyless = await world.makeTenant();
    await world.write(keyless, person, "hola");
    const mute = world.worker({ model: null });
    await mute.run();
    assert.deepEqual(await stateOf(world, keyless), {
      ...committed,
      turns: ["failed"],
      holders: ["queue"],
    });
    assert.equal(mute.posts.length, 1);
  });

  await test.step("a model that throws is tried five times, then a person is called and the contact told", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const model = scriptedModel(new Error("overloaded"));
    const worker = world.worker({ model, settings: { backoffSeconds: 0.01 } });
    await worker.run();
    assert.equal(model.calls.length, 5);
    assert.equal(worker.posts.length, 1);
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["failed", "failed", "failed", "failed", "failed"],
      holders: ["queue"],
    });
  });

  await test.step("a model that hangs is left at the deadline: a safe reply and a person", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const model = scriptedModel(() => new Promise(() => {}));
    const worker = world.worker({
      model,
      settings: { turnDeadlineSeconds: 0.2 },
    });
    await worker.run();
    assert.equal(worker.posts.length, 1);
    assert.deepEqual(await stateOf(world, tenant), {
      ...committed,
      turns: ["failed"],
      holders: ["queue"],
    });
  });

  await test.step("a model that talks nonsense gets a safe reply, and its error is on record", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({ model: scriptedModel({ nonsense: true }) });
    await worker.run();
    assert.equal(worker.posts.length, 1);
    const [turn] = await world.look(
      tenant,
      (sql) => sql`select status, error is not null as "hasError" from turns`,
    );
    assert.deepEqual(turn, { status: "committed", hasError: true });
  });

  await test.step("a reply that cannot be stored harms no other session of its batch", async () => {
    const tenant = await world.makeTenant();
    await world.admin`alter table ${world.admin(tenant.schemaName)}.messages
      add constraint test_refuses_poison check (content <> 'read: poison')`;
    await world.write(tenant, person, "poison");
    await world.write(tenant, "5491100000002", "hola");
    const model = modelThat(() => Promise.resolve());
    const worker = world.worker({ model, settings: { backoffSeconds: 0.01 } });
    await worker.run();
    const rows = await world.look(
      tenant,
      (sql) =>
        sql`select s.holder, count(m.id) as replies from sessions s
        left join messages m on m.session_id = s.id and m.direction = 'outbound' group by s.id order by s.holder`,
    );
    assert.deepEqual([...rows], [{ holder: "bot", replies: 1 }, {
      holder: "queue",
      replies: 0,
    }]);
    assert.equal(model.calls.length, 6);
  });

  await test.step("the newest message is shown as read while the turn runs", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola", { externalId: "wamid.older" });
    await world.write(tenant, person, "¿precio?", {
      externalId: "wamid.newest",
    });
    const worker = world.worker();
    await worker.run();
    assert.deepEqual(worker.typed, ["wamid.newest"]);
  });

  await world.stop();
});
