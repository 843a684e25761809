import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => {
  stage = await startStage();
  const { a, b, sql } = stage;
  await sql`delete from private.jobs`;
  await sql`delete from public.push_subscriptions`;
  // Everybody has a device, so whoever is not told is left out on purpose.
  for (const tenant of [a, b]) {
    for (const [role, id] of Object.entries(tenant.people)) {
      await sql`insert into public.push_subscriptions (tenant_id, user_id, endpoint, p256dh, auth)
        values (${tenant.id}, ${id}, ${`https://fcm.googleapis.com/fcm/send/${tenant.slug}-${role}`},
          ${"B".repeat(87)}, ${"a".repeat(22)})`;
    }
  }
});
Deno.test.afterAll(() => stage.stop());

/** Whom notifications were planned for since the beginning, with what; and whose apps heard that there is something new. */
async function told(sql: TransactionSql, back: Actor) {
  await become(sql, "postgres", stage);
  const pushes = await sql<{ who: string; notice: Record<string, unknown> }[]>`
    select d.user_id as who, j.payload -> 'notice' as notice
    from private.jobs j join public.push_subscriptions d on d.id = (j.payload ->> 'subscription_id')::uuid
    where j.name = 'send_push'`;
  const heard = await sql<{ topic: string; ids: string[] }[]>`
    select topic, payload -> 'ids' as ids from realtime.messages where event = 'notices_changed'`;
  await become(sql, back, stage);
  return { pushes: [...pushes], heard: [...heard] };
}
const assign = (sql: TransactionSql, to: string) =>
  sql`select api.assign_session(${stage.a.id}, ${stage.a.sessionId}, ${to}, 'she owes us money')`;
const notices = async (sql: TransactionSql) =>
  (await sql<{ kind: string }[]>`select kind from api.list_notifications(${stage.a.id})`).map(({ kind }) =>
    kind
  );

Deno.test("whoever is given a conversation is told on their devices and in the app, and nobody else", async () => {
  const { a } = stage;
  await stage.as("agent of a", async (sql) => {
    await assign(sql, a.people.admin);
    const { pushes, heard } = await told(sql, "agent of a");
    assert.deepEqual(pushes, [{
      who: a.people.admin,
      // What a colleague says about a customer is on no lock screen.
      notice: { kind: "assigned", slug: a.slug, session_id: a.sessionId, name: "Ana" },
    }]);
    assert.deepEqual(heard, [{ topic: `tenant:${a.id}`, ids: [a.people.admin] }]);
    assert.ok(!(await notices(sql)).includes("assigned"));
    await become(sql, "admin of a", stage);
    assert.ok((await notices(sql)).includes("assigned"));
    // Twice changes nothing, and tells nothing.
    await assign(sql, a.people.admin);
    assert.equal((await told(sql, "admin of a")).pushes.length, 1);
  });
});

Deno.test("whoever takes a conversation is not told what they did, and names stay in the app where the tenant wants that", async () => {
  const { a } = stage;
  await stage.as("agent of a", async (sql) => {
    await assign(sql, a.people.agent);
    await sql`select api.take_over(${a.id}, ${a.sessionId})`;
    await sql`select api.hand_back(${a.id}, ${a.sessionId})`;
    assert.deepEqual(await told(sql, "agent of a"), { pushes: [], heard: [] });
    await become(sql, "postgres", stage);
    await sql`update public.tenants set settings = '{"alerts": {"show_names": false}}' where id = ${a.id}`;
    await become(sql, "agent of a", stage);
    await assign(sql, a.people.owner);
    const { pushes: [push] } = await told(sql, "agent of a");
    assert.deepEqual([push?.who, push?.notice["name"]], [a.people.owner, null]);
  });
});

Deno.test("whose conversation the bot takes back, since they are silent, is told, and everybody sees it in the conversation", async () => {
  const { a } = stage;
  await stage.as("agent of a", async (sql) => {
    await sql`select api.take_over(${a.id}, ${a.sessionId})`;
    await become(sql, "postgres", stage);
    await sql`update public.tenants set settings = '{"hand_back": {"after_minutes": 5}}' where id = ${a.id}`;
    await sql`update ${sql(a.schemaName)}.events set created_at = now() - interval '6 minutes'`;
    await become(sql, "worker of a", stage);
    await sql`select set_config('search_path', ${`${a.schemaName}, engine, extensions`}, true)`;
    const [handed] = await sql`select engine.hand_back_silent(${a.sessionId},
      '{"fields": {"size": 7}, "promises": []}', ' called her ') as result`;
    assert.ok(handed?.result.next_due_at, "the staged message is unanswered");
    const [session] = await sql`select holder, assigned_to, fence, hand_back_note, variables from sessions`;
    assert.deepEqual({ ...session }, {
      holder: "bot",
      assigned_to: null,
      fence: "2",
      hand_back_note: "called her",
      variables: { size: 7 },
    });
    const { pushes, heard } = await told(sql, "agent of a");
    assert.deepEqual(pushes, [{
      who: a.people.agent,
      notice: { kind: "handed_back", slug: a.slug, session_id: a.sessionId, name: "Ana" },
    }]);
    assert.deepEqual(heard, [{ topic: `tenant:${a.id}`, ids: [a.people.agent] }]);
    assert.ok((await notices(sql)).includes("handed_back"));
    const lines = await sql`
      select type, direction, payload from api.list_messages(${a.id}, ${a.sessionId}) where sender_type = 'system'`;
    assert.deepEqual([...lines], [{
      type: "system",
      direction: "internal",
      payload: { notice: "back_with_bot", reason: "silent", from_agent: a.people.agent },
    }]);
    await become(sql, "admin of a", stage);
    assert.ok(!(await notices(sql)).includes("handed_back"));
  });
});
