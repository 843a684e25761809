import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import type { TurnSnapshot } from "@app/sales-engine/mod.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

const person = "5491100000001";

/** A machine whose only state reminds. */
const machine = {
  version: 1,
  initial: "talk",
  persona: { name: "Ana", tone: "kind", languages: ["es"] },
  states: {
    talk: {
      objective: "Talk.",
      description: "Talks.",
      follow_up: { after_minutes: 30, note: "Ask whether the price was fine" },
      max_turns: 50,
    },
  },
  escalation: {},
};

async function makeTenant(world: TestWorld): Promise<TestTenant> {
  const tenant = await world.makeTenant({ hasMachine: false });
  const schema = world.admin(tenant.schemaName);
  await world.admin`
    with machine as (insert into ${schema}.state_machines (name, is_active) values ('Sales', true) returning id)
    insert into ${schema}.state_machine_versions (state_machine_id, version, definition, published_at)
    select id, 1, ${world.admin.json(machine)}, now() from machine`;
  return tenant;
}

/** Half an hour passes. */
async function passTime(world: TestWorld, tenant: TestTenant): Promise<void> {
  await world.look(
    tenant,
    (sql) => sql`update follow_ups set due_at = now() - interval '1 second'`,
  );
  await world.look(
    tenant,
    (sql) =>
      sql`update private.due_work set due_at = now() - interval '1 second' where tenant_id = ${tenant.id}::uuid`,
  );
}

const causes = async (world: TestWorld, tenant: TestTenant) =>
  (await world.look(
    tenant,
    (sql) => sql`select t.cause || ' ' || t.status as turn from turns t order by t.created_at`,
  ))
    .map(({ turn }) => turn);

function worker(world: TestWorld) {
  const snapshots: TurnSnapshot[] = [];
  const model = scriptedModel(({ snapshot }: { snapshot: TurnSnapshot }) => {
    snapshots.push(snapshot);
    return buildProposal({
      replies: [{ text: `${snapshot.cause}`, buttons: [] }],
    });
  });
  return { ...world.worker({ model }), snapshots, prompts: model.calls };
}

Deno.test("a customer who goes quiet is reminded once, inside the window", async (test) => {
  const world = await startWorld();

  await test.step("after the time that the state says, with what it was for", async () => {
    const tenant = await makeTenant(world);
    const { run, posts, snapshots, prompts } = worker(world);
    await world.write(tenant, person, "hola");
    await run();
    const [planned] = await world.look(
      tenant,
      (sql) =>
        sql`select round(extract(epoch from f.due_at - now()) / 60) as minutes, f.fence = s.fence as holds, d.cause
        from follow_ups f join sessions s on s.id = f.session_id
        join private.due_work d on d.session_id = f.session_id and d.work = 'turn'`,
    );
    assert.deepEqual({ ...planned, minutes: Number(planned?.minutes) }, {
      minutes: 30,
      holds: true,
      cause: "follow_up",
    });
    await run();
    assert.equal(posts.length, 1, "it is not due yet");
    await passTime(world, tenant);
    await run();
    assert.deepEqual(posts.map(({ content }) => content), [
      { type: "text", text: "messages" },
      { type: "text", text: "follow_up" },
    ]);
    assert.equal(snapshots[1]?.note, "Ask whether the price was fine");
    assert.match(
      JSON.stringify(prompts[1]),
      /⟦reminder: Ask whether the price was fine⟧/,
    );
    assert.deepEqual(await causes(world, tenant), [
      "messages committed",
      "follow_up committed",
    ]);
    const left = await world.look(
      tenant,
      (sql) =>
        sql`select from follow_ups union all
        select from private.due_work d where d.tenant_id = tenant_id() and d.work = 'turn'`,
    );
    assert.equal(left.length, 0, "a reminder plans no other");
  });

  await test.step("not at all when they have answered, or a person has taken over", async () => {
    const answered = await makeTenant(world);
    const first = worker(world);
    await world.write(answered, person, "hola");
    await first.run();
    await world.write(answered, person, "¿y el precio?");
    await passTime(world, answered);
    await first.run();
    assert.deepEqual(await causes(world, answered), [
      "messages committed",
      "messages committed",
    ]);

    const taken = await makeTenant(world);
    const second = worker(world);
    await world.write(taken, person, "hola");
    await second.run();
    await world.look(
      taken,
      (sql) => sql`update sessions set holder = 'human', fence = fence + 1`,
    );
    await world.look(
      taken,
      (sql) => sql`update sessions set holder = 'bot', fence = fence + 1`,
    );
    await passTime(world, taken);
    await second.run();
    assert.deepEqual(await causes(world, taken), ["messages committed"]);
    assert.equal(second.posts.length, 1);
  });

  await test.step("not when an answer comes while the reminder is being written", async () => {
    const tenant = await makeTenant(world);
    let isFirst = true;
    const model = scriptedModel(
      async ({ snapshot }: { snapshot: TurnSnapshot }) => {
        if (snapshot.cause === "follow_up" && isFirst) {
          isFirst = false;
          await world.write(tenant, person, "aquí estoy");
        }
        return buildProposal({
          replies: [{ text: snapshot.cause, buttons: [] }],
        });
      },
    );
    const quick = world.worker({ model });
    await world.write(tenant, person, "hola");
    await quick.run();
    await passTime(world, tenant);
    await quick.run();
    assert.deepEqual(quick.posts.map(({ content }) => content), [
      { type: "text", text: "messages" },
      { type: "text", text: "messages" },
    ]);
    assert.deepEqual(await causes(world, tenant), [
      "messages committed",
      "follow_up superseded",
      "messages committed",
    ]);
  });

  await test.step("not planned where the window closes before", async () => {
    const tenant = await makeTenant(world);
    const late = worker(world);
    await world.write(tenant, person, "hola");
    await world.look(
      tenant,
      (sql) => sql`update sessions set window_expires_at = now() + interval '34 minutes'`,
    );
    await late.run();
    const [row] = await world.look(
      tenant,
      (sql) =>
        sql`select (select count(*) from follow_ups) as planned,
        (select count(*) from events e where e.name = 'follow_up_skipped') as skipped`,
    );
    assert.deepEqual({ ...row }, { planned: 0, skipped: 1 });
  });

  await world.stop();
});
