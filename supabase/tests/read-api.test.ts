import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** Conversations of many contacts, one minute apart, the newest last. */
async function addSessions(sql: TransactionSql, count: number) {
  await sql`
    with people as (
      insert into contacts (name) select 'Contact ' || n from generate_series(1, ${count}::int) n returning id, name
    )
    insert into sessions (contact_id, config_id, last_message_at, holder)
    select id, ${stage.a.configId}, now() + substr(name, 9)::int * interval '1 minute',
      case when substr(name, 9)::int % 2 = 0 then 'queue' else 'bot' end
    from people`;
}

Deno.test("list_my_tenants() shows a member their own tenants and role, a stranger none", async () => {
  const mine = await stage.as("admin of a", (sql) => sql`select slug, role from api.list_my_tenants()`);
  assert.deepEqual([...mine], [{ slug: "stage_a", role: "admin" }]);
  assert.deepEqual([...await stage.as("stranger", (sql) => sql`select * from api.list_my_tenants()`)], []);
  await assert.rejects(stage.as("anon", (sql) => sql`select * from api.list_my_tenants()`), {
    code: "42501",
  });
});

Deno.test("list_sessions() gives an agent every conversation once, page by page, newest first", async () => {
  await stage.as("worker of a", async (sql) => {
    await addSessions(sql, 25);
    await become(sql, "agent of a", stage);
    const seen: { id: string; contact_name: string; last_message_at: Date }[] = [];
    for (let pages = 0; pages < 10; pages++) {
      const last = seen.at(-1);
      const page = await sql<typeof seen>`
        select * from api.list_sessions(p_tenant_id => ${stage.a.id}, p_before_at => ${
        last?.last_message_at ?? null
      },
          p_before_id => ${last?.id ?? null}, p_limit => 7)`;
      seen.push(...page);
      if (page.length < 7) break;
    }
    assert.equal(seen.length, 26);
    assert.equal(new Set(seen.map((session) => session.id)).size, 26);
    assert.equal(seen[0]?.contact_name, "Contact 25");
    assert.equal(seen.at(-1)?.id, stage.a.sessionId);
  });
});

Deno.test("list_sessions() keeps the order among conversations of the same second, page by page", async () => {
  await stage.as("worker of a", async (sql) => {
    await sql`
      insert into sessions (contact_id, config_id, last_message_at, status, resolved_at)
      select ${stage.a.contactId}, ${stage.a.configId}, now() - n / 3 * interval '7 milliseconds', 'resolved', now()
      from generate_series(1, 40) n`;
    const expected = await sql<{ id: string }[]>`
      select id from sessions where status = 'resolved' order by last_message_at desc, id desc`;
    await become(sql, "agent of a", stage);
    const seen: { id: string }[] = [];
    // The place is handed on as the database writes it: a Date would lose its microseconds.
    let place: { at: string | null; id: string | null } = { at: null, id: null };
    for (let pages = 0; pages < 10; pages++) {
      const page = await sql<{ id: string; at: string }[]>`
        select id, last_message_at::text as at from api.list_sessions(p_tenant_id => ${stage.a.id},
          p_status => 'resolved', p_before_at => ${place.at}::text::timestamptz, p_before_id => ${place.id},
          p_limit => 9)`;
      seen.push(...page);
      const last = page.at(-1);
      if (last === undefined) break;
      place = last;
    }
    assert.deepEqual(seen.map(({ id }) => id), expected.map(({ id }) => id));
  });
});

Deno.test("list_sessions() reads a page of 50,000 conversations from the index, without sorting all of them", async () => {
  await stage.as("postgres", async (sql) => {
    await sql`select set_config('search_path', ${stage.a.schemaName}, true)`;
    await sql`
      insert into sessions (contact_id, config_id, last_message_at, status, resolved_at)
      select ${stage.a.contactId}, ${stage.a.configId}, now() - n * interval '1 second', 'archived', now()
      from generate_series(1, 50000) n`;
    await sql`analyze sessions`;
    for (const before of [sql`true`, sql`inbox_slot <= now() - interval '5 hours'`]) {
      const plan = await sql`
        explain (analyze, format json)
        select id from sessions where status = 'archived' and last_message_at is not null and ${before}
        order by inbox_slot desc, last_message_at desc, id desc limit 50`;
      const text = JSON.stringify(plan[0]);
      assert.match(text, /Incremental Sort/);
      assert.match(text, /sessions_by_recency/);
      const read = [...text.matchAll(/"Actual Rows":(\d+)/g)].map((match) => Number(match[1]));
      assert.ok(Math.max(...read) <= 1000, `${Math.max(...read)} rows read`);
    }
  });
});

Deno.test("a message moves its conversation in no index while the inbox slot is the same", async () => {
  await stage.as("worker of a", async (sql) => {
    const write = () =>
      sql`update sessions set last_message_at = now(), unread_count = unread_count + 1, fence = fence + 1,
        window_expires_at = clock_timestamp() + interval '24 hours' where id = ${stage.a.sessionId}`;
    await write();
    const hot = async () => {
      const [row] =
        await sql`select pg_stat_get_xact_tuples_hot_updated('sessions'::regclass)::int as amount`;
      return row?.amount;
    };
    const before = await hot();
    await write();
    assert.equal(await hot(), before + 1);
  });
});

Deno.test("list_sessions() filters by holder, status and agent", async () => {
  await stage.as("worker of a", async (sql) => {
    await addSessions(sql, 10);
    await become(sql, "agent of a", stage);
    const count = async (rows: PromiseLike<ArrayLike<unknown>>) => (await rows).length;
    assert.equal(await count(sql`select from api.list_sessions(${stage.a.id}, p_holders => '{queue}')`), 5);
    assert.equal(await count(sql`select from api.list_sessions(${stage.a.id}, p_status => 'resolved')`), 0);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    const mine = sql`select from api.list_sessions(${stage.a.id}, p_assigned_to => ${stage.a.people.agent})`;
    assert.equal(await count(mine), 1);
  });
});

Deno.test("get_session() shows a member the contact, the number and the request for a person", async () => {
  const [session] = await stage.as(
    "agent of a",
    (sql) => sql`select * from api.get_session(${stage.a.id}, ${stage.a.sessionId})`,
  );
  assert.deepEqual(
    [session?.contact_name, session?.contact_phone, session?.channel_name, session?.escalation_reason],
    ["Ana", "59170000000", "stage_a", "asked"],
  );
});

Deno.test("list_messages() gives an agent the newest, the ones before, and the ones of a gap, always in order", async () => {
  await stage.as("worker of a", async (sql) => {
    await sql`
      insert into messages (session_id, config_id, direction, sender_type, type, content, status)
      select ${stage.a.sessionId}, ${stage.a.configId}, 'inbound', 'contact', 'text', n::text, 'received'
      from generate_series(1, 9) n`;
    await become(sql, "agent of a", stage);
    const read = async (
      rows: Promise<{ seq: string; content: string; media: { mime_type: string } | null }[]>,
    ) => [...await rows];
    const newest = await read(
      sql`select * from api.list_messages(${stage.a.id}, ${stage.a.sessionId}, p_limit => 4)`,
    );
    assert.deepEqual(newest.map((message) => message.content), ["6", "7", "8", "9"]);
    const before = newest[0]?.seq ?? "";
    const older = await read(
      sql`select * from api.list_messages(${stage.a.id}, ${stage.a.sessionId}, p_before_seq => ${before})`,
    );
    assert.deepEqual(older.map((message) => message.content), ["hola", "1", "2", "3", "4", "5"]);
    assert.equal(older[0]?.media?.mime_type, "image/jpeg");
    const after = older.at(-2)?.seq ?? "";
    const gap = await read(
      sql`select * from api.list_messages(${stage.a.id}, ${stage.a.sessionId}, p_after_seq => ${after}, p_limit => 2)`,
    );
    assert.deepEqual(gap.map((message) => message.content), ["5", "6"]);
  });
});

Deno.test("list_escalations() and list_turns() show a member what waits and how it was decided", async () => {
  await stage.as("agent of a", async (sql) => {
    const [escalation] = await sql`select * from api.list_escalations(${stage.a.id})`;
    assert.deepEqual([escalation?.reason, escalation?.contact_name], ["asked", "Ana"]);
    const turns = await sql`select status from api.list_turns(${stage.a.id}, ${stage.a.sessionId})`;
    assert.deepEqual([...turns], [{ status: "open" }]);
  });
});

const reads: Record<string, (sql: TransactionSql) => Promise<unknown>> = {
  "list_sessions()": (sql) => sql`select * from api.list_sessions(${stage.a.id})`,
  "get_session()": (sql) => sql`select * from api.get_session(${stage.a.id}, ${stage.a.sessionId})`,
  "list_messages()": (sql) => sql`select * from api.list_messages(${stage.a.id}, ${stage.a.sessionId})`,
  "list_escalations()": (sql) => sql`select * from api.list_escalations(${stage.a.id})`,
  "list_turns()": (sql) => sql`select * from api.list_turns(${stage.a.id}, ${stage.a.sessionId})`,
  "list_channel_problems()": (sql) => sql`select * from api.list_channel_problems(${stage.a.id})`,
  "publish_machine()": (sql) =>
    sql`select * from private.publish_machine(${stage.a.id}, '{"initial":"a","states":{"a":{}}}')`,
};

for (const [name, read] of Object.entries(reads)) {
  Deno.test(`${name} refuses anon, a stranger and the people of another tenant`, async () => {
    for (const actor of ["anon", "stranger", "owner of b", "agent of b", "worker of b", "router"] as const) {
      await assert.rejects(stage.as(actor, read), { code: "42501" }, actor);
    }
  });
}

Deno.test("one connection that alternates between tenants shows each its own", async () => {
  await stage.as("postgres", async (sql) => {
    for (let turn = 0; turn < 6; turn++) {
      const [own, actor] = turn % 2 ? [stage.a, "agent of a"] as const : [stage.b, "agent of b"] as const;
      await become(sql, actor, stage);
      const rows = await sql`select id from api.list_sessions(${own.id})`;
      assert.deepEqual([...rows], [{ id: own.sessionId }]);
    }
  });
});

Deno.test("list_channel_problems() tells an owner what keeps the tenant from answering", async () => {
  const names = async () => {
    const rows = await readProblems();
    return rows.map((row) => row.name).sort();
  };
  const readProblems = () =>
    stage.as("postgres", async (sql) => {
      await sql`update public.tenants set status = 'suspended' where id = ${stage.a.id}`;
      await sql`delete from private.channel_secrets`;
      await sql`update state_machines set is_active = false`;
      await sql`
        insert into events (actor_type, name, body)
        values ('system', 'channel_blocked', jsonb_build_object('config_id', ${stage.a.configId}::text))`;
      await become(sql, "owner of a", stage);
      return await sql<{ name: string }[]>`select * from api.list_channel_problems(${stage.a.id})`;
    }, "a");
  assert.deepEqual(await names(), [
    "channel_blocked",
    "credential_missing",
    "machine_missing",
    "tenant_suspended",
    "webhooks_waiting",
  ]);
  await assert.rejects(
    stage.as("agent of a", (sql) => sql`select * from api.list_channel_problems(${stage.a.id})`),
    { code: "42501" },
  );
});

Deno.test("publish_machine() by an admin stores the next version; a published one cannot be changed by anybody", async () => {
  await stage.as("admin of a", async (sql) => {
    const definition = sql.json({ initial: "hello", states: { hello: {} } });
    const [published] =
      await sql`select * from private.publish_machine(${stage.a.id}, ${definition}, 'shorter')`;
    assert.equal(published?.version, 2);
    const [stored] =
      await sql`select definition, published_by, note from state_machine_versions where version = 2`;
    assert.deepEqual([stored?.published_by, stored?.note], [stage.a.people.admin, "shorter"]);
  });
  for (const actor of ["owner of a", "worker of a", "postgres"] as const) {
    for (
      const change of ["update state_machine_versions set note = 'x'", "delete from state_machine_versions"]
    ) {
      await assert.rejects(stage.as(actor, (sql) => sql.unsafe(change)), { code: "55000" }, actor);
    }
  }
});

Deno.test("publish_machine() refuses an agent, and a machine that starts nowhere", async () => {
  const publish = (definition: string) => (sql: TransactionSql) =>
    sql`select private.publish_machine(${stage.a.id}, ${definition}::text::jsonb)`;
  await assert.rejects(stage.as("agent of a", publish('{"initial":"a","states":{"a":{}}}')), {
    code: "42501",
  });
  for (const broken of ["{}", "[]", "1", '{"initial":"b","states":{"a":{}}}', '{"states":{"a":{}}}']) {
    await assert.rejects(stage.as("owner of a", publish(broken)), { code: "PT400" }, broken);
  }
});
