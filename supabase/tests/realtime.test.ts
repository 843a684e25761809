import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

interface Sent {
  topic: string;
  event: string;
  payload: Record<string, unknown>;
}

/** What was sent by an actor's statements, in order. */
async function sentBy(actor: Actor, work: (sql: TransactionSql) => Promise<unknown>): Promise<Sent[]> {
  return await stage.as(actor, async (sql) => {
    await become(sql, "postgres", stage);
    await sql`delete from realtime.messages`;
    await become(sql, actor, stage);
    await work(sql);
    await become(sql, "postgres", stage);
    return [...await sql<Sent[]>`select topic, event, payload from realtime.messages order by topic, event`];
  });
}

const inbox = () => `tenant:${stage.a.id}`;
const conversation = () => `tenant:${stage.a.id}:session:${stage.a.sessionId}`;

Deno.test("an inbound message that a worker stores sends one event to the inbox and one to its conversation", async () => {
  const sent = await sentBy("worker of a", async (sql) => {
    await sql`
      insert into messages (session_id, config_id, direction, sender_type, type, content, status)
      values (${stage.a.sessionId}, ${stage.a.configId}, 'inbound', 'contact', 'text', 'a secret text', 'received')`;
    await sql`
      update sessions set fence = fence + 1, message_count = message_count + 1, unread_count = 1, last_message_at = now(),
        last_message_preview = 'a secret text' where id = ${stage.a.sessionId}`;
  });
  assert.deepEqual(sent.map(({ topic, event }) => [topic, event]), [
    [inbox(), "sessions_changed"],
    [conversation(), "messages_added"],
  ]);
  assert.deepEqual(sent[0]?.payload.ids, [stage.a.sessionId]);
  assert.equal(sent[1]?.payload.count, 1);
  assert.ok(Number(sent[1]?.payload.from_seq) > 0);
  assert.ok(!JSON.stringify(sent).includes("secret"));
});

Deno.test("a worker that changes the end of a reply window alone tells the inbox", async () => {
  const sent = await sentBy(
    "worker of a",
    (sql) => sql`update sessions set window_expires_at = now() where id = ${stage.a.sessionId}`,
  );
  assert.deepEqual(sent.map(({ topic, event }) => [topic, event]), [[inbox(), "sessions_changed"]]);
});

/** A message of somebody who is new at first, as the engine receives it. */
function receive(sql: TransactionSql, id: string) {
  return sql`select engine.receive_messages(${stage.a.configId}::uuid, ${
    sql.json([{
      kind: "message",
      externalId: id,
      timestamp: new Date().toISOString(),
      identities: [{ kind: "phone", externalId: "59171111111" }],
      profile: { name: "Beto" },
      type: "text",
      content: "hola",
      payload: {},
      isTap: false,
      needsAnswer: true,
    }])
  }) as received`;
}

Deno.test("a message that the engine receives costs two events, be its contact new or known", async () => {
  for (const known of [false, true]) {
    const sent = await stage.as("worker of a", async (sql) => {
      if (known) await receive(sql, "wamid.before");
      await become(sql, "postgres", stage);
      await sql`delete from realtime.messages`;
      await become(sql, "worker of a", stage);
      await receive(sql, "wamid.now");
      await receive(sql, "wamid.now");
      await become(sql, "postgres", stage);
      return await sql<Sent[]>`select topic, event from realtime.messages order by event`;
    });
    assert.deepEqual(
      sent.map(({ event }) => event),
      ["messages_added", "sessions_changed"],
      `known: ${known}`,
    );
  }
});

Deno.test("a received message names its conversation, its row and its place, and silences nothing after it", async () => {
  const sent = await sentBy("worker of a", async (sql) => {
    await receive(sql, "wamid.before");
    await become(sql, "postgres", stage);
    await sql`delete from realtime.messages`;
    await become(sql, "worker of a", stage);
    await receive(sql, "wamid.now");
    await sql`update sessions set priority = 1 where last_inbound_external_id = 'wamid.now'`;
  });
  const [first, second, message] = sent;
  assert.deepEqual(sent.map(({ event }) => event), [
    "sessions_changed",
    "sessions_changed",
    "messages_added",
  ]);
  assert.deepEqual([first?.topic, second?.topic], [inbox(), inbox()]);
  assert.deepEqual(first?.payload.ids, second?.payload.ids);
  assert.equal(message?.topic, `${inbox()}:session:${(first?.payload.ids as string[])[0]}`);
  assert.equal(message?.payload.from_seq, message?.payload.to_seq);
  assert.match(String(message?.payload.id), /^[0-9a-f-]{36}$/);
});

Deno.test("a received message is stored also when nobody can be told of it", async () => {
  for (const known of [false, true]) {
    const received = await stage.as("worker of a", async (sql) => {
      if (known) await receive(sql, "wamid.before");
      await become(sql, "postgres", stage);
      await sql`alter table realtime.messages add constraint planted check (false) not valid`;
      await become(sql, "worker of a", stage);
      return await receive(sql, "wamid.now");
    });
    assert.equal(received[0]?.received.stored, 1, `known: ${known}`);
  }
});

Deno.test("a worker's statement that changes nothing an app shows sends nothing", async () => {
  const sent = await sentBy("worker of a", async (sql) => {
    await sql`update sessions set fence = fence + 1, updated_at = now()`;
    await sql`update messages set claimed_at = now()`;
    await sql`update contacts set updated_at = now()`;
    await sql`update messages set status = 'sent' where false`;
    await sql`insert into sessions (contact_id, config_id, status, resolved_at)
      values (${stage.a.contactId}, ${stage.a.configId}, 'resolved', now())`;
  });
  assert.deepEqual(sent, []);
});

Deno.test("a worker's statement with many rows sends one event per topic, and lists at most 100 ids", async () => {
  const sent = await sentBy("worker of a", (sql) =>
    sql`
    insert into messages (session_id, config_id, direction, sender_type, type, status)
    select ${stage.a.sessionId}, ${stage.a.configId}, 'inbound', 'contact', 'text', 'received' from generate_series(1, 250)`);
  assert.equal(sent.length, 1);
  assert.equal(sent[0]?.payload.count, 250);
  assert.equal(Array.isArray(sent[0]?.payload.ids) && sent[0].payload.ids.length, 100);
});

Deno.test("a worker's escalation, finished turn, changed contact and message status are announced", async () => {
  const sent = await sentBy("worker of a", async (sql) => {
    await sql`update escalations set urgency = 'high'`;
    await sql`update turns set status = 'committed', decision = 'auto_answer'`;
    await sql`update contacts set name = 'Anabel'`;
    await sql`
      with queued as (
        insert into messages (session_id, config_id, direction, sender_type, type, status)
        values (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'bot', 'text', 'queued') returning id
      ) select from queued`;
    await sql`update messages set status = 'sending' where status = 'queued'`;
  });
  assert.deepEqual(sent.map(({ topic, event }) => [topic === inbox() ? "inbox" : "conversation", event]), [
    ["inbox", "contacts_changed"],
    ["inbox", "escalations_changed"],
    ["conversation", "messages_added"],
    ["conversation", "messages_changed"],
    ["conversation", "turns_finished"],
  ]);
});

Deno.test("a member who is changed or removed is announced to their tenant alone", async () => {
  const sent = await sentBy("postgres", async (sql) => {
    await sql`update public.tenant_members set availability = 'away' where user_id = ${stage.a.people.agent}`;
    await sql`delete from public.tenant_members where user_id = ${stage.a.people.agent}`;
  });
  assert.deepEqual(sent.map(({ topic, event, payload }) => [topic, event, payload.ids]), [
    [inbox(), "member_removed", [stage.a.people.agent]],
    [inbox(), "members_changed", [stage.a.people.agent]],
  ]);
});

/** As the realtime server asks: does the policy let this actor see, or write, a row of the topic? */
async function mayUse(actor: Actor, topic: string, operation: "hear" | "speak"): Promise<boolean> {
  return await stage.as("postgres", async (sql) => {
    await sql`select set_config('realtime.topic', ${topic}, true)`;
    const row =
      sql`insert into realtime.messages (topic, extension, private) values (${topic}, 'broadcast', true)`;
    if (operation === "hear") {
      await sql`delete from realtime.messages`;
      await row;
      await become(sql, actor, stage);
      return (await sql`select from realtime.messages where topic = ${topic}`).length > 0;
    }
    await become(sql, actor, stage);
    await row;
    return true;
  }).catch((error) => {
    assert.equal(error.code, "42501");
    return false;
  });
}

for (const actor of ["owner of a", "admin of a", "agent of a"] as const) {
  Deno.test(`${actor} hears the inbox and conversations, and speaks in conversations only`, async () => {
    assert.ok(await mayUse(actor, inbox(), "hear"));
    assert.ok(await mayUse(actor, conversation(), "hear"));
    assert.ok(await mayUse(actor, conversation(), "speak"));
    assert.ok(!(await mayUse(actor, inbox(), "speak")));
  });
}

for (const actor of ["owner of b", "agent of b", "stranger", "anon", "worker of a", "router"] as const) {
  Deno.test(`${actor} neither hears nor speaks on the topics of tenant a`, async () => {
    for (const topic of [inbox(), conversation()]) {
      assert.ok(!(await mayUse(actor, topic, "hear")));
      assert.ok(!(await mayUse(actor, topic, "speak")));
    }
  });
}

Deno.test("topics that are not ours belong to nobody", async () => {
  const { a } = stage;
  for (
    const topic of [
      "",
      "room:1",
      `tenant:${a.id} `,
      `tenant:${a.id}:session:`,
      `tenant:${a.id}:session:1`,
      `tenant:${a.id}:other:${a.sessionId}`,
      `x${inbox()}`,
      `${inbox()}\n`,
      inbox().toUpperCase(),
    ]
  ) {
    assert.ok(!(await mayUse("owner of a", topic, "hear")), JSON.stringify(topic));
  }
});
