import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** Has a reply of the engine claimed for sending and another one queued; an earlier one is accepted already. */
async function queueReplies(sql: TransactionSql) {
  await sql`
    insert into messages (session_id, config_id, direction, sender_type, type, content, status, external_id)
    values (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'bot', 'text', 'zeroth', 'sending', 'wamid.0')`;
  return await sql<{ id: string; status: string }[]>`
    insert into messages (session_id, config_id, direction, sender_type, type, content, status)
    values (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'bot', 'text', 'first', 'sending'),
      (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'bot', 'text', 'second', 'queued')
    returning id, status`;
}

Deno.test("take_over() by an agent holds the session, raises the fence and cancels what is queued", async () => {
  await stage.as("worker of a", async (sql) => {
    const [sending, queued] = await queueReplies(sql);
    await become(sql, "agent of a", stage);
    const [taken] = await sql`select * from api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    assert.equal(taken?.holder, "human");
    assert.equal(taken?.assigned_to, stage.a.people.agent);
    assert.equal(taken?.fence, "1");
    assert.deepEqual(taken?.cancelled, [queued?.id]);
    assert.deepEqual(taken?.still_sending, [sending?.id]);
    const [cancelled] =
      await sql`select error ->> 'reason' as reason from messages where status = 'cancelled'`;
    assert.equal(cancelled?.reason, "taken_over");
    const [escalation] = await sql`select status, claimed_by from escalations`;
    assert.deepEqual({ ...escalation }, { status: "claimed", claimed_by: stage.a.people.agent });
    const [event] = await sql`select actor_id, body from events where name = 'session_taken_over'`;
    assert.equal(event?.actor_id, stage.a.people.agent);
  });
});

Deno.test("take_over() by the same agent twice changes nothing the second time", async () => {
  await stage.as("agent of a", async (sql) => {
    const take = () => sql`select fence, holder from api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual(await take(), await take());
    assert.equal((await sql`select from events where name = 'session_taken_over'`).length, 1);
  });
});

Deno.test("take_over() by a colleague moves the session and says from whom", async () => {
  await stage.as("agent of a", async (sql) => {
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    await become(sql, "admin of a", stage);
    const [taken] = await sql`select * from api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    assert.equal(taken?.assigned_to, stage.a.people.admin);
    const [event] = await sql`
      select body ->> 'from_agent' as "fromAgent" from events where actor_id = ${stage.a.people.admin}`;
    assert.equal(event?.fromAgent, stage.a.people.agent);
  });
});

for (const verb of ["take_over", "hand_back", "resolve_session"]) {
  for (const actor of ["stranger", "owner of b", "agent of b"] as const) {
    Deno.test(`${verb}() refuses ${actor}`, async () => {
      await assert.rejects(
        stage.as(actor, (sql) => sql`select ${sql("api." + verb)}(${stage.a.id}, ${stage.a.sessionId})`),
        { code: "42501" },
      );
    });
  }

  Deno.test(`${verb}() refuses anon`, async () => {
    await assert.rejects(
      stage.as("anon", (sql) => sql`select ${sql("api." + verb)}(${stage.a.id}, ${stage.a.sessionId})`),
      { code: "42501" },
    );
  });

  Deno.test(`${verb}() does not find another tenant's session for an agent`, async () => {
    await assert.rejects(
      stage.as("agent of a", (sql) => sql`select ${sql("api." + verb)}(${stage.a.id}, ${stage.b.sessionId})`),
      { code: "PT404" },
    );
  });
}

Deno.test("take_over() and hand_back() by an agent refuse a session that is resolved", async () => {
  for (const verb of ["take_over", "hand_back"]) {
    await assert.rejects(
      stage.as("agent of a", async (sql) => {
        await sql`select api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`;
        await sql`select ${sql("api." + verb)}(${stage.a.id}, ${stage.a.sessionId})`;
      }),
      { code: "PT409" },
    );
  }
});

Deno.test("hand_back() by an agent wakes the engine for what nobody answered", async () => {
  await stage.as("postgres", async (sql) => {
    await sql`delete from private.due_work`;
    await become(sql, "agent of a", stage);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    const [back] = await sql`select * from api.hand_back(${stage.a.id}, ${stage.a.sessionId}, 'wants blue')`;
    assert.deepEqual([back?.holder, back?.assigned_to, back?.fence], ["bot", null, "2"]);
    const [event] = await sql`select body ->> 'note' as note from events where name = 'session_handed_back'`;
    assert.equal(event?.note, "wants blue");
    assert.equal((await sql`select from escalations where status <> 'resolved'`).length, 0);
    await become(sql, "postgres", stage);
    const due = await sql`select session_id, work, due_at <= now() as "isDue" from private.due_work`;
    assert.deepEqual([...due], [{ session_id: stage.a.sessionId, work: "turn", isDue: true }]);
  });
});

Deno.test("hand_back() by an agent leaves the engine alone when the agent has answered", async () => {
  await stage.as("postgres", async (sql) => {
    await sql`delete from private.due_work`;
    await become(sql, "agent of a", stage);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    await sql`
      insert into messages (session_id, config_id, direction, sender_type, sender_id, type, content, status)
      values (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'agent', ${stage.a.people.agent}, 'text', 'sí', 'queued')`;
    await sql`select api.hand_back(${stage.a.id}, ${stage.a.sessionId})`;
    assert.equal((await sql`select from pending_messages`).length, 0);
    await become(sql, "postgres", stage);
    assert.equal((await sql`select from private.due_work`).length, 0);
  });
});

Deno.test("hand_back() by an agent of a session that the engine holds changes nothing", async () => {
  await stage.as("agent of a", async (sql) => {
    const [back] = await sql`select * from api.hand_back(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual([back?.holder, back?.fence], ["bot", "0"]);
    assert.equal((await sql`select from events where actor_type = 'agent'`).length, 0);
  });
});

Deno.test("resolve_session() by an agent ends the session, its escalation and its queue, once", async () => {
  await stage.as("worker of a", async (sql) => {
    const [, queued] = await queueReplies(sql);
    await become(sql, "agent of a", stage);
    const [resolved] = await sql`select * from api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual([resolved?.status, resolved?.holder, resolved?.fence], ["resolved", "bot", "1"]);
    assert.deepEqual(resolved?.cancelled, [queued?.id]);
    assert.equal((await sql`select from pending_messages`).length, 0);
    assert.equal((await sql`select from escalations where status <> 'resolved'`).length, 0);
    const [again] = await sql`select fence from api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.equal(again?.fence, "1");
    assert.equal((await sql`select from events where name = 'session_resolved'`).length, 1);
  });
});

Deno.test("take_over() by two agents at once ends with one holder and both in the timeline", async () => {
  const { sql, a } = stage;
  const take = (user: string) =>
    sql.begin(async (transaction) => {
      await transaction`
        select set_config('role', 'authenticated', true),
          set_config('request.jwt.claims', ${JSON.stringify({ sub: user })}, true)`;
      const [taken] = await transaction`select * from api.take_over(${a.id}, ${a.sessionId})`;
      return taken?.fence;
    });
  const fences = await Promise.all([a.people.agent, a.people.admin, a.people.owner].map(take));
  assert.deepEqual(fences.sort(), ["1", "2", "3"]);
  const [session] = await sql`select fence, holder, assigned_to from ${
    sql(a.schemaName)
  }.sessions where id = ${a.sessionId}`;
  const [last] = await sql`
    select actor_id from ${
    sql(a.schemaName)
  }.events where name = 'session_taken_over' order by id desc limit 1`;
  assert.deepEqual([session?.fence, session?.holder, session?.assigned_to], ["3", "human", last?.actor_id]);
});
