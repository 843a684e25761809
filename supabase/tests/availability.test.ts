import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** What tenant a's agent is shown as. */
async function shown(sql: TransactionSql) {
  const [row] = await sql<{ availability: string; chosen: string }[]>`
    select availability, chosen_availability as chosen from api.list_members(${stage.a.id}) where role = 'agent'`;
  return row?.availability;
}
const use = (sql: TransactionSql) => sql`select api.tell_in_use(${stage.a.id}) as now_is`;
const choose = (sql: TransactionSql, availability: string) =>
  sql`select api.update_my_profile(${stage.a.id}, p_availability => ${availability})`;

/** Lets time pass for everybody's last use of the app, then is the agent again. */
async function later(sql: TransactionSql, time: string) {
  await become(sql, "postgres", stage);
  await sql`update public.tenant_members set last_used_at = last_used_at - ${time}::interval`;
  await become(sql, "agent of a", stage);
}

Deno.test("whoever has never used the app is offline; use makes them online, and time away and offline", async () => {
  await stage.as("agent of a", async (sql) => {
    assert.equal(await shown(sql), "offline");
    assert.equal((await use(sql))[0]?.now_is, "online");
    assert.equal(await shown(sql), "online");
    await later(sql, "2 minutes 59 seconds");
    assert.equal(await shown(sql), "online");
    await later(sql, "2 seconds");
    assert.equal(await shown(sql), "away");
    await later(sql, "8 hours");
    assert.equal(await shown(sql), "offline");
    await use(sql);
    assert.equal(await shown(sql), "online");
  });
});

Deno.test("what a member chose holds while they use the app, and says nothing of who went home", async () => {
  await stage.as("agent of a", async (sql) => {
    await choose(sql, "away");
    assert.equal(await shown(sql), "offline");
    assert.equal((await use(sql))[0]?.now_is, "away");
    await choose(sql, "offline");
    assert.equal((await use(sql))[0]?.now_is, "offline");
    await choose(sql, "automatic");
    assert.equal(await shown(sql), "online");
    // A laptop that is closed does not stay online, so nobody says that they are.
    await assert.rejects(sql.savepoint((inner) => choose(inner, "online")), { code: "23514" });
  });
});

Deno.test("the use of one person says nothing of another, nor of another tenant", async () => {
  await stage.as("agent of a", async (sql) => {
    await use(sql);
    await become(sql, "postgres", stage);
    const rows =
      await sql`select tenant_id, user_id from public.tenant_members where last_used_at is not null`;
    assert.deepEqual([...rows], [{ tenant_id: stage.a.id, user_id: stage.a.people.agent }]);
  });
  await assert.rejects(stage.as("agent of b", use), { code: "42501" });
});

Deno.test("colleagues hear of a member who is there again, and not of each minute that they are", async () => {
  await stage.as("agent of a", async (sql) => {
    const told = async () => {
      await become(sql, "postgres", stage);
      const rows = await sql<{ ids: string[] }[]>`
        select payload -> 'ids' as ids from realtime.messages where event = 'members_changed'`;
      await sql`delete from realtime.messages`;
      await become(sql, "agent of a", stage);
      return rows.map(({ ids }) => ids);
    };
    await told();
    await use(sql);
    assert.deepEqual(await told(), [[stage.a.people.agent]]);
    await later(sql, "1 minute");
    await use(sql);
    assert.deepEqual(await told(), []);
    await later(sql, "5 minutes");
    await told();
    await use(sql);
    assert.deepEqual(await told(), [[stage.a.people.agent]]);
  });
});
