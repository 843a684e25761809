import assert from "node:assert/strict";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

Deno.test("list_notifications() goes through thousands of requests and their alerts twice at most, without statistics too", async () => {
  const { a } = stage;
  await stage.as("worker of a", async (sql) => {
    await sql`delete from escalations`;
    /** Requests that wait, and that the agent was told of. */
    const add = async (amount: number) => {
      await become(sql, "worker of a", stage);
      await sql`
        with people as (
          insert into contacts (name) select 'Cliente ' || n from generate_series(1, ${amount}::integer) n returning id
        ),
        sessions as (
          insert into sessions (contact_id, config_id, holder) select id, ${a.configId}, 'queue' from people returning id
        ),
        asked as (
          insert into escalations (session_id, reason, created_at)
          select id, 'asked', now() - row_number() over () * interval '1 second' from sessions returning id, created_at
        )
        insert into alerts (escalation_id, round, rung, cause, user_id, way, created_at)
        select e.id, 1, 'agent', 'request', ${a.people.agent}, w.way, e.created_at + interval '1 minute'
        from asked e cross join (values ('app'), ('push')) as w (way)`;
    };
    const list = () => sql`select kind, body ->> 'rung' as rung from api.list_notifications(${a.id})`;
    await add(30);
    await become(sql, "postgres", stage);
    await sql`analyze ${sql(a.schemaName)}.alerts, ${sql(a.schemaName)}.escalations`;
    await become(sql, "agent of a", stage);
    // The plan that is kept from now on was made when a look through all alerts was the quickest.
    for (let call = 0; call < 8; call++) await list();
    await add(3000);
    const read = async () => {
      await become(sql, "postgres", stage);
      const rows = await sql<{ rows: number }[]>`
        select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_all_tables
        where schemaname = ${a.schemaName} and relname in ('alerts', 'escalations')`;
      await become(sql, "agent of a", stage);
      return rows[0]?.rows ?? 0;
    };
    const before = await read();
    const shown = await list();
    const rows = await read() - before;
    assert.equal(shown.length, 50);
    assert.ok(shown.every(({ kind, rung }) => kind === "escalation" && rung === "agent"));
    // Both parts walk through all of both at most once: 2 × 9,090. A walk through the alerts for each request is millions.
    assert.ok(rows <= 20_000, `${rows} rows read`);
  });
});
