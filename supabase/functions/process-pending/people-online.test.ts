import assert from "node:assert/strict";
import { sqlUserAdmin } from "../../../scripts/tenant/user-admin.ts";
import { startWorld } from "./testing.ts";

Deno.test("a person who is asked for is called while one is online, and waited for while none uses the app", async () => {
  const world = await startWorld();
  try {
    const tenant = await world.makeTenant();
    const worker = world.worker();
    const ask = async (phone: string) => {
      await world.write(tenant, phone, "quiero hablar con una persona");
      await worker.run();
      const [turn] = await world.look(
        tenant,
        (sql) =>
          sql<{ decision: string; away: string }>`
          select t.decision, coalesce(t.scores ->> 'agents_away', '0') as away from turns t order by t.created_at desc limit 1`,
      );
      return [
        turn?.decision,
        turn?.away,
        JSON.stringify(worker.posts.at(-1)?.content),
      ] as const;
    };

    const withoutMembers = await ask("5491100000001");
    assert.deepEqual(withoutMembers.slice(0, 2), ["escalate", "0"]);

    // One has never opened the app, one left it open and went away, one says that they are not to be asked.
    const people: string[] = [];
    for (
      const [availability, ago] of [["automatic", null], ["automatic", "4 minutes"], ["away", "0 s"]] as const
    ) {
      const { id } = await sqlUserAdmin(world.admin).ensureUser(
        `${people.length}@online.test`,
        "not-used-here",
      );
      people.push(id);
      await world.admin`
        insert into public.tenant_members (tenant_id, user_id, role, display_name, availability, last_used_at)
        values (${tenant.id}, ${id}, 'agent', 'a', ${availability}, now() - ${ago}::interval)`;
    }
    const [decision, away, said] = await ask("5491100000002");
    assert.deepEqual([decision, away], ["queue", "1"]);
    assert.match(said, /ocupado/);

    // Of another tenant: nobody of ours.
    const other = await world.makeTenant();
    await world.admin`
      insert into public.tenant_members (tenant_id, user_id, role, display_name, last_used_at)
      select ${other.id}, m.user_id, 'agent', 'a', now() from public.tenant_members m where m.tenant_id = ${tenant.id}`;
    assert.equal((await ask("5491100000003"))[0], "queue");

    // Opening the app is enough.
    await world.database.callAsMember(
      { sub: people[0], role: "authenticated" } as never,
      (call) => call`api.tell_in_use(${tenant.id}::uuid)`,
    );
    const online = await ask("5491100000004");
    assert.deepEqual(online.slice(0, 2), ["escalate", "0"]);
    assert.doesNotMatch(online[2], /ocupado/);
  } finally {
    await world.stop();
  }
});
