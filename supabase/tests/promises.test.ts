import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const definition = {
  initial: "greeting",
  states: { greeting: { fields: { size: { type: "string" } } }, pay: { fields: {} } },
};

/** An agent of a holds the conversation, which a machine has led so far. */
async function held(sql: TransactionSql) {
  const { a } = stage;
  await sql`
    with version as (
      insert into state_machine_versions (state_machine_id, version, definition)
      select state_machine_id, 99, ${sql.json(definition)} from state_machine_versions limit 1 returning id
    )
    update sessions set machine_version_id = version.id, state = 'greeting', window_expires_at = now() + interval '1 day'
    from version where sessions.id = ${a.sessionId}`;
  await become(sql, "agent of a", stage);
  await sql`select api.take_over(${a.id}, ${a.sessionId})`;
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

async function handBack(sql: TransactionSql, contract: object, note = "agreed") {
  return await sql`
    select * from api.hand_back(${stage.a.id}, ${stage.a.sessionId}, ${note}, ${
    sql.json(contract as never)
  })`;
}

Deno.test("hand_back() gives the engine state, fields, promises and note, and plans the promises", async () => {
  await stage.as("worker of a", async (sql) => {
    await held(sql);
    const dueAt = inAnHour();
    await handBack(sql, {
      state: "pay",
      fields: { size: "large" },
      promises: [{ content: " Le llamo ", doer: "person", due_at: dueAt }],
    });
    const [session] = await sql`
      select holder, state, variables, hand_back_note from sessions where id = ${stage.a.sessionId}`;
    assert.deepEqual({ ...session }, {
      holder: "bot",
      state: "pay",
      variables: { size: "large" },
      hand_back_note: "agreed",
    });
    const promises = await sql`
      select content, doer, status, created_by from api.list_promises(${stage.a.id}, ${stage.a.sessionId})
      where content = 'Le llamo' and created_by is not null`;
    assert.deepEqual(promises.map((row) => ({ ...row })), [
      { content: "Le llamo", doer: "person", status: "open", created_by: stage.a.people.agent },
    ]);
    await become(sql, "postgres", stage);
    const [job] = await sql`
      select due_at from private.jobs where name = 'keep_promise' and tenant_id = ${stage.a.id}`;
    assert.equal(job?.due_at.toISOString(), dueAt);
  });
});

const refused: [why: string, contract: object][] = [
  ["unknown_state", { state: "nowhere" }],
  ["unknown_field", { fields: { colour: "red" } }],
  ["bad_value", { fields: { size: { nested: true } } }],
  ["promise_in_past", { promises: [{ content: "Le llamo", doer: "person", due_at: anHourAgo() }] }],
  ["not_a_time", { promises: [{ content: "Le llamo", doer: "person", due_at: "soon" }] }],
  ["not_a_time", { promises: [{ content: "Le llamo", doer: "person" }] }],
  ["not_a_time", { promises: [{ content: "Le llamo", doer: "person", due_at: "2099-01-01" }] }],
  ["not_a_promise", { promises: [{ content: "  ", doer: "bot", due_at: inAnHour() }] }],
  ["not_a_promise", { promises: [{ content: "x".repeat(501), doer: "bot", due_at: inAnHour() }] }],
  ["not_a_promise", { promises: [{ content: "Le llamo", doer: "nobody", due_at: inAnHour() }] }],
  ["not_a_contract", { promises: "many" }],
  ["not_a_contract", { fields: [] }],
];

for (const [why, contract] of refused) {
  Deno.test(`hand_back() refuses ${JSON.stringify(contract).slice(0, 60)} as ${why} and changes nothing`, async () => {
    await stage.as("worker of a", async (sql) => {
      await held(sql);
      await assert.rejects(sql.savepoint((inner) => handBack(inner, contract)), {
        code: "PT400",
        detail: why,
      });
      const [session] = await sql`select holder from sessions where id = ${stage.a.sessionId}`;
      assert.equal(session?.holder, "human");
    });
  });
}

Deno.test("propose_hand_back() tells what was said since the takeover, without notes", async () => {
  await stage.as("worker of a", async (sql) => {
    await held(sql);
    await become(sql, "worker of a", stage);
    await sql`
      insert into messages (session_id, config_id, direction, sender_type, type, content, status, created_at)
      values (${stage.a.sessionId}, ${stage.a.configId}, 'inbound', 'contact', 'text', 'before', 'received', now() - interval '1 day'),
        (${stage.a.sessionId}, ${stage.a.configId}, 'outbound', 'agent', 'text', 'Le llamo', 'sent', now()),
        (${stage.a.sessionId}, ${stage.a.configId}, 'internal', 'agent', 'note', 'secret', 'sent', now())`;
    await become(sql, "agent of a", stage);
    const [row] = await sql`select api.propose_hand_back(${stage.a.id}, ${stage.a.sessionId}) as stretch`;
    assert.equal(row?.stretch.state, "greeting");
    assert.deepEqual(row?.stretch.machine, definition);
    const said = row?.stretch.messages.map((message: { content: string }) => message.content);
    assert.ok(said.includes("Le llamo"));
    assert.ok(!said.includes("before") && !said.includes("secret"));
  });
});

Deno.test("settle_promise() keeps or cancels a promise once; what is not there is not found", async () => {
  await stage.as("agent of a", async (sql) => {
    const [promise] = await sql`select id from api.list_promises(${stage.a.id}, ${stage.a.sessionId})`;
    const settle = (id: string, status: string) =>
      sql.savepoint((inner) => inner`select status from api.settle_promise(${stage.a.id}, ${id}, ${status})`);
    assert.deepEqual([...await settle(promise?.id, "kept")], [{ status: "kept" }]);
    assert.deepEqual([...await settle(promise?.id, "cancelled")], [{ status: "kept" }]);
    assert.equal((await sql`select from events where name = 'promise_settled'`).length, 1);
    await assert.rejects(settle(promise?.id, "open"), { code: "PT400" });
    await assert.rejects(settle(stage.a.sessionId, "kept"), { code: "PT404" });
  });
});

interface Standing {
  status: string;
  holder: string;
  session: string;
  asked: string[] | null;
  cause: string | null;
}

/** A promise that is due; returns what `engine.keep_promise` says and how all stands then. */
async function keep(sql: TransactionSql, doer: string, change: (sql: TransactionSql) => Promise<unknown>) {
  await sql`delete from escalations where session_id = ${stage.a.sessionId}`;
  await sql`update sessions set window_expires_at = now() + interval '1 day' where id = ${stage.a.sessionId}`;
  const [promise] = await sql`
    insert into promises (session_id, content, doer, due_at)
    values (${stage.a.sessionId}, 'Le llamo a las 9', ${doer}, now() - interval '1 second') returning id`;
  await change(sql);
  const [first] = await sql`select engine.keep_promise(${promise?.id}) as result`;
  await sql`select engine.keep_promise(${promise?.id})`;
  const [after] = await sql<Standing[]>`
    select p.status, s.holder, s.status as session, (select jsonb_agg(e.summary) from escalations e
      where e.session_id = s.id and e.status <> 'resolved') as asked,
      (select d.cause from private.due_work d where d.session_id = s.id and d.work = 'turn') as cause
    from promises p join sessions s on s.id = p.session_id where p.id = ${promise?.id}`;
  if (!after) throw new Error("Cannot find the promise");
  return { isPlanned: first?.result.next_due_at !== undefined, ...after };
}

const nothing = () => Promise.resolve();

Deno.test("keep_promise() plans a turn for what the bot can do", async () => {
  await stage.as("worker of a", async (sql) => {
    assert.deepEqual(await keep(sql, "bot", nothing), {
      isPlanned: true,
      status: "open",
      holder: "bot",
      session: "open",
      asked: null,
      cause: "promise",
    });
  });
});

Deno.test("keep_promise() calls a person for what only a person can do", async () => {
  await stage.as("worker of a", async (sql) => {
    const { status, holder, asked } = await keep(sql, "person", nothing);
    assert.deepEqual({ status, holder, asked }, {
      status: "escalated",
      holder: "queue",
      asked: ["Le llamo a las 9"],
    });
  });
});

for (
  const [why, change] of [
    ["the window has closed", (sql: TransactionSql) => sql`update sessions set window_expires_at = now()`],
    ["a person holds the conversation", (sql: TransactionSql) => sql`update sessions set holder = 'human'`],
    ["the contact wants no messages", (sql: TransactionSql) => sql`update contacts set opted_out_at = now()`],
  ] as const
) {
  Deno.test(`keep_promise() calls a person where ${why}`, async () => {
    await stage.as("worker of a", async (sql) => {
      const { status, asked } = await keep(sql, "bot", async (inner) => void await change(inner));
      assert.deepEqual({ status, asked }, { status: "escalated", asked: ["Le llamo a las 9"] });
    });
  });
}

Deno.test("keep_promise() opens a conversation that was resolved meanwhile", async () => {
  await stage.as("worker of a", async (sql) => {
    const { session, holder, status } = await keep(sql, "person", async (inner) => {
      await inner`update sessions set status = 'resolved', resolved_at = now() where id = ${stage.a.sessionId}`;
    });
    assert.deepEqual({ session, holder, status }, { session: "open", holder: "queue", status: "escalated" });
  });
});

Deno.test("keep_promise() adds what is due to a request that waits already", async () => {
  await stage.as("worker of a", async (sql) => {
    const { asked } = await keep(sql, "person", async (inner) => {
      await inner`insert into escalations (session_id, reason, summary)
        values (${stage.a.sessionId}, 'asked', 'wants a discount')`;
    });
    assert.deepEqual(asked, ["wants a discount\nLe llamo a las 9"]);
  });
});

for (const actor of ["stranger", "owner of b"] as const) {
  Deno.test(`propose_hand_back(), list_promises() and settle_promise() refuse ${actor}`, async () => {
    const { id, sessionId } = stage.a;
    for (
      const call of [
        (sql: TransactionSql) => sql`select api.propose_hand_back(${id}, ${sessionId})`,
        (sql: TransactionSql) => sql`select api.list_promises(${id}, ${sessionId})`,
        (sql: TransactionSql) => sql`select api.settle_promise(${id}, ${sessionId}, 'kept')`,
        (sql: TransactionSql) => sql`select private.plan_promise(${id}, ${sessionId}, now())`,
      ]
    ) await assert.rejects(stage.as(actor, call), { code: "42501" });
  });
}
