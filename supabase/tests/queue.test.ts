import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

interface Page {
  sessions: { id: string; contact_name: string; due_at: string | null }[];
  next: unknown;
}

/** A conversation of a new contact; `windowMinutes` are left of its reply window. */
async function addSession(
  sql: TransactionSql,
  session: { name: string; holder?: string; windowMinutes?: number; assignedTo?: string; from?: string },
): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with person as (insert into contacts (name) values (${session.name}) returning id)
    insert into sessions (contact_id, config_id, holder, assigned_to, last_message_at, last_message_from,
      window_expires_at, unread_count)
    select id, ${stage.a.configId}, ${session.holder ?? "queue"}, ${session.assignedTo ?? null}, now(),
      ${session.from ?? "contact"}, now() + ${session.windowMinutes ?? 600} * interval '1 minute', 1
    from person returning id`;
  return row?.id ?? "";
}

/** The names of a view, as an actor sees them. */
async function names(sql: TransactionSql, view: string, filters: Record<string, string> = {}) {
  const [row] = await sql<{ page: Page }[]>`
    select api.list_queue(${stage.a.id}, ${view}, ${sql.json(filters)}) as page`;
  return row?.page.sessions.map((session) => session.contact_name) ?? [];
}

Deno.test("list_queue() puts the least time left first and closed windows last", async () => {
  await stage.as("worker of a", async (sql) => {
    await addSession(sql, { name: "closed", windowMinutes: -5 });
    await addSession(sql, { name: "ten hours" });
    await addSession(sql, { name: "two minutes", windowMinutes: 2 });
    const asked = await addSession(sql, { name: "asked for a person" });
    await sql`insert into escalations (session_id, reason, urgency) values (${asked}, 'asked', 'high')`;
    const answered = await addSession(sql, { name: "asked and answered", windowMinutes: 700, from: "agent" });
    await sql`insert into escalations (session_id, reason, urgency) values (${answered}, 'asked', 'high')`;
    await become(sql, "agent of a", stage);
    assert.deepEqual(await names(sql, "needs_answer"), [
      "two minutes",
      "asked for a person",
      "ten hours",
      "asked and answered",
      "closed",
    ]);
  });
});

Deno.test("list_queue() shows each view its conversations", async () => {
  await stage.as("worker of a", async (sql) => {
    const { agent, admin } = stage.a.people;
    await addSession(sql, { name: "mine", holder: "human", assignedTo: agent });
    await addSession(sql, { name: "mine, answered", holder: "human", assignedTo: agent, from: "agent" });
    await addSession(sql, { name: "hers", holder: "human", assignedTo: admin });
    await addSession(sql, { name: "nobody's" });
    await addSession(sql, { name: "the bot's", holder: "bot" });
    await become(sql, "agent of a", stage);
    assert.deepEqual((await names(sql, "needs_answer")).sort(), ["mine", "nobody's"]);
    assert.deepEqual((await names(sql, "mine")).sort(), ["mine", "mine, answered"]);
    assert.deepEqual(await names(sql, "unassigned"), ["nobody's"]);
    assert.deepEqual((await names(sql, "bot")).sort(), ["Ana", "the bot's"]);
    assert.equal((await names(sql, "all")).length, 6);
    assert.deepEqual(await names(sql, "resolved"), []);
    const [counts] = await sql`select * from api.count_queue(${stage.a.id})`;
    assert.deepEqual({ ...counts }, {
      needs_answer: "2",
      mine: "2",
      unassigned: "1",
      snoozed: "0",
      bot: "2",
    });
  });
});

Deno.test("list_queue() refuses a view that is none", async () => {
  await assert.rejects(
    stage.as("agent of a", (sql) => sql`select api.list_queue(${stage.a.id}, 'everything')`),
    { code: "PT400" },
  );
});

Deno.test("list_queue() filters by channel, tag and language", async () => {
  await stage.as("worker of a", async (sql) => {
    const tagged = await addSession(sql, { name: "tagged" });
    await addSession(sql, { name: "plain" });
    await sql`update sessions set tags = '{vip}', language = 'pt' where id = ${tagged}`;
    await become(sql, "agent of a", stage);
    assert.deepEqual(await names(sql, "needs_answer", { tag: "vip" }), ["tagged"]);
    assert.deepEqual(await names(sql, "needs_answer", { language: "pt" }), ["tagged"]);
    assert.equal((await names(sql, "needs_answer", { config_id: stage.a.configId })).length, 2);
    assert.deepEqual(await names(sql, "needs_answer", { config_id: stage.b.configId }), []);
    const tags = await sql`select * from api.list_tags(${stage.a.id})`;
    assert.deepEqual([...tags], [{ tag: "vip", amount: "1" }]);
  });
});

for (const view of ["needs_answer", "all"]) {
  Deno.test(`list_queue() gives every conversation of ${view} once, page by page`, async () => {
    await stage.as("worker of a", async (sql) => {
      for (let n = 0; n < 23; n++) {
        await addSession(sql, { name: `c${n}`, windowMinutes: n % 3 === 0 ? -n : n });
      }
      await become(sql, "agent of a", stage);
      const seen: string[] = [];
      let after: unknown = null;
      for (let pages = 0; pages < 9; pages++) {
        const [row] = await sql<{ page: Page }[]>`
          select api.list_queue(${stage.a.id}, ${view}, '{}', ${sql.json(after as never)}, 5) as page`;
        seen.push(...(row?.page.sessions.map((session) => session.id) ?? []));
        after = row?.page.next;
        if (after === null) break;
      }
      assert.equal(after, null);
      assert.equal(seen.length, view === "all" ? 24 : 23);
      assert.equal(new Set(seen).size, seen.length);
    });
  });
}

Deno.test("snooze_session() hides a conversation until its contact writes; reading it then does not hide it again", async () => {
  await stage.as("worker of a", async (sql) => {
    const id = await addSession(sql, { name: "later" });
    await become(sql, "agent of a", stage);
    await sql`select api.snooze_session(${stage.a.id}, ${id}, now() + interval '1 hour')`;
    assert.deepEqual(await names(sql, "needs_answer"), []);
    assert.deepEqual(await names(sql, "snoozed"), ["later"]);
    await become(sql, "worker of a", stage);
    await sql`update sessions set unread_count = unread_count + 1 where id = ${id}`;
    await become(sql, "agent of a", stage);
    assert.deepEqual(await names(sql, "needs_answer"), ["later"]);
    await sql`select api.mark_read(${stage.a.id}, ${id})`;
    assert.deepEqual(await names(sql, "needs_answer"), ["later"]);
    await sql`select api.mark_unread(${stage.a.id}, ${id})`;
    const [session] = await sql`select unread_count from api.get_session(${stage.a.id}, ${id})`;
    assert.equal(session?.unread_count, 1);
  });
});

Deno.test("an escalation is due by its urgency, or by the tenant's setting", async () => {
  await stage.as("postgres", async (sql) => {
    await sql`update public.tenants set settings = '{"escalation_due_minutes": {"low": 90}}' where id = ${stage.a.id}`;
    await become(sql, "worker of a", stage);
    await sql`delete from escalations`;
    const due: number[] = [];
    for (const urgency of ["high", "normal", "low"]) {
      const [row] = await sql<{ minutes: number }[]>`
        insert into escalations (session_id, reason, urgency, status, resolved_at)
        values (${stage.a.sessionId}, 'asked', ${urgency}, 'resolved', now())
        returning (extract(epoch from due_at - created_at) / 60)::integer as minutes`;
      due.push(row?.minutes ?? 0);
    }
    assert.deepEqual(due, [5, 15, 90]);
  });
});

async function search(sql: TransactionSql, query: string) {
  const [row] = await sql<
    { hits: { session: { contact_name: string }; matched: string; excerpt: string }[] }[]
  >`
    select api.search_sessions(${stage.a.id}, ${query}) as hits`;
  return row?.hits.map((hit) => [hit.session.contact_name, hit.matched]) ?? [];
}

Deno.test("search_sessions() finds names without accents, numbers by a part, and words that were said", async () => {
  await stage.as("worker of a", async (sql) => {
    const id = await addSession(sql, { name: "Íñigo Peña" });
    await sql`insert into messages (session_id, config_id, direction, sender_type, type, content, status)
      values (${id}, ${stage.a.configId}, 'inbound', 'contact', 'text', 'Quiero cajas térmicas', 'received'),
        (${id}, ${stage.a.configId}, 'internal', 'agent', 'note', 'secretísimo', 'sent')`;
    await become(sql, "agent of a", stage);
    assert.deepEqual(await search(sql, "inigo pen"), [["Íñigo Peña", "name"]]);
    assert.deepEqual(await search(sql, "9170"), [["Ana", "number"]]);
    assert.deepEqual(await search(sql, "TERMIC"), [["Íñigo Peña", "message"]]);
    assert.deepEqual(await search(sql, "secretisimo"), []);
    for (const hostile of ["", "   ", "' | !", "a:*&", "%", "\\", "((("]) await search(sql, hostile);
  });
});

for (const actor of ["stranger", "owner of b"] as const) {
  Deno.test(`list_queue(), count_queue(), search_sessions() and list_tags() refuse ${actor}`, async () => {
    for (const call of ["list_queue", "count_queue", "list_tags"]) {
      await assert.rejects(stage.as(actor, (sql) => sql`select ${sql("api." + call)}(${stage.a.id})`), {
        code: "42501",
      });
    }
    for (
      const call of [
        (sql: TransactionSql) => sql`select api.search_sessions(${stage.a.id}, 'ana')`,
        (sql: TransactionSql) => sql`select private.find_hits(${stage.a.id}, 'ana')`,
      ]
    ) {
      await assert.rejects(stage.as(actor, call), { code: "42501" });
    }
  });
}
