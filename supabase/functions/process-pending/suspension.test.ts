import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld, type TestTenant, type TestWorld } from "./testing.ts";

/** A model during whose first call something happens to the tenant. */
function modelWhile(happens: () => Promise<unknown>) {
  let isFirst = true;
  return scriptedModel(async () => {
    if (isFirst) await happens();
    isFirst = false;
    return buildProposal();
  });
}

/** What is left of the tenant's one conversation. */
async function stateOf(world: TestWorld, tenant: TestTenant) {
  const [state] = await world.look(
    tenant,
    (sql) =>
      sql<
        { pending: number; turns: string[]; replies: number; skipped: string[] }
      >`
      select (select count(*) from pending_messages) as pending,
        (select jsonb_agg(t.status order by t.created_at) from turns t) as turns,
        (select count(*) from messages m where m.direction = 'outbound') as replies,
        (select jsonb_agg(e.body ->> 'reason') from events e where e.name = 'turn_skipped') as skipped`,
  );
  return { ...state };
}

Deno.test("a tenant that ends mid-turn", async (test) => {
  const world = await startWorld();
  const person = "5491100000001";

  await test.step("suspended: the draft is refused and recorded, the message waits, and nothing is sent", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const worker = world.worker({
      model: modelWhile(() => world.admin`select private.suspend_tenant(${tenant.id})`),
    });
    await worker.run();
    assert.deepEqual(worker.posts, []);
    assert.deepEqual(await stateOf(world, tenant), {
      pending: 1,
      turns: ["superseded"],
      replies: 0,
      skipped: ["tenant_suspended"],
    });
    const [problem] = await world.look(
      tenant,
      (sql) =>
        sql<
          { reason: string; status: string }
        >`select reason, status from escalations`,
    );
    assert.deepEqual({ ...problem }, {
      reason: "tenant_suspended",
      status: "open",
    });
  });

  await test.step("dropped: the worker is told that the tenant is gone, writes nothing anywhere, and goes on", async () => {
    const [doomed, other] = [
      await world.makeTenant(),
      await world.makeTenant(),
    ];
    await world.write(doomed, person, "hola");
    const worker = world.worker({
      model: modelWhile(async () => {
        await world.admin`select private.suspend_tenant(${doomed.id})`;
        await world.admin`select private.drop_tenant(${doomed.id})`;
      }),
    });
    await worker.run();
    assert.deepEqual(worker.posts, []);
    assert.match(worker.reports.join("\n"), /does not exist/);
    assert.equal(
      (await world
        .admin`select from private.due_work where tenant_id = ${doomed.id}`)
        .length,
      0,
    );

    await world.write(other, person, "hola");
    await worker.run();
    assert.deepEqual(worker.posts.length, 1);
    assert.deepEqual((await stateOf(world, other)).turns, ["committed"]);
  });

  await world.stop();
});
