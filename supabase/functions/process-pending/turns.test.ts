import assert from "node:assert/strict";
import { startWorld } from "./testing.ts";

Deno.test("processDueWork()", async (test) => {
  const world = await startWorld();

  await test.step("answers a burst of five messages with one turn, one model call and one reply", async () => {
    const tenant = await world.makeTenant();
    for (const text of ["hola", "necesito", "400", "cajas", "para pizza"]) {
      await world.write(tenant, "5491100000001", text);
    }
    const worker = world.worker();
    await worker.run();
    assert.deepEqual(worker.reports, []);
    assert.equal(worker.posts.length, 1);
    const [left] = await world.admin`
      select (select count(*)::integer from private.due_work where tenant_id = ${tenant.id}) as due,
        (select count(*)::integer from ${
      world.admin(tenant.schemaName)
    }.pending_messages) as pending,
        (select count(*)::integer from ${
      world.admin(tenant.schemaName)
    }.turns where status = 'committed') as turns`;
    assert.deepEqual({ ...left }, { due: 0, pending: 0, turns: 1 });
  });

  await world.stop();
});
