import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { appear } from "./testing/appear.ts";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => {
  stage = await startStage();
  await stage.sql`delete from private.jobs`;
  for (const { schemaName } of [stage.a, stage.b]) {
    await stage.sql`delete from ${stage.sql(schemaName)}.escalations`;
  }
});
Deno.test.afterAll(() => stage.stop());

/** The worker's view of tenant a, in which a person was called a moment ago. */
async function called(
  work: (sql: TransactionSql, escalationId: string) => Promise<void>,
  request: object = {},
) {
  await stage.as("postgres", async (sql) => {
    await appear(sql, "offline");
    await appear(sql, "online", { userId: stage.a.people.agent });
    await appear(sql, "away", { userId: stage.a.people.admin });
    await become(sql, "worker of a", stage);
    const asked = {
      session_id: stage.a.sessionId,
      reason: "asked_for_person",
      category: "asked_for_person",
      ...request,
    };
    await sql`select engine.call_people(${sql.json([asked])})`;
    const [row] = await sql`select id from escalations where session_id = ${stage.a.sessionId}`;
    await work(sql, row?.id);
  });
}

/** What is planned for a request: names, rungs and in how many seconds. */
async function planned(sql: TransactionSql) {
  await become(sql, "postgres", stage);
  const jobs = await sql<{ name: string; payload: Record<string, unknown>; seconds: number }[]>`
    select name, payload, round(extract(epoch from due_at - now()))::integer as seconds from private.jobs
    order by due_at, name`;
  await become(sql, "worker of a", stage);
  return jobs;
}
const climb = (sql: TransactionSql, id: string, rung: string, round = 1) =>
  sql`select engine.alert_people(${id}, ${round}, ${rung})`;
async function told(sql: TransactionSql, round = 1) {
  const rows = await sql<{ user_id: string; rung: string; way: string }[]>`
    select user_id, rung, way from alerts where round = ${round} order by created_at, rung, way`;
  const names = Object.fromEntries(Object.entries(stage.a.people).map(([name, id]) => [id, name]));
  return rows.map(({ user_id, rung, way }) => `${names[user_id]} ${rung} ${way}`).sort();
}

Deno.test("a request is told at once, and planned to be told again before it is late", async () => {
  await called(async (sql, id) => {
    const jobs = await planned(sql);
    assert.deepEqual(jobs.map(({ name, seconds }) => [name, seconds]), [
      ["alert_people", 0],
      ["alert_due_soon", 15 * 60 - 120],
    ]);
    assert.deepEqual(jobs[0]?.payload, { escalation_id: id, round: 1, rung: "agent" });
  });
});

Deno.test("alert_people() climbs from whoever is there to the next and to the owner, telling nobody twice", async () => {
  await called(async (sql, id) => {
    await climb(sql, id, "agent");
    assert.deepEqual(await told(sql), ["agent agent app", "agent agent push"]);
    await climb(sql, id, "agent");
    await climb(sql, id, "next");
    assert.deepEqual(await told(sql), ["admin next app", "agent agent app", "agent agent push"]);
    await climb(sql, id, "owner");
    assert.ok((await told(sql)).includes("owner owner app"));
    const jobs = await planned(sql);
    const rungs = jobs.filter(({ name }) => name === "alert_people").map((
      { payload, seconds },
    ) => [payload["rung"], seconds]);
    assert.deepEqual(rungs, [["agent", 0], ["next", 120], ["owner", 180], ["again", 600]]);
    const [push] = jobs.filter(({ name }) => name === "send_push");
    assert.deepEqual((push?.payload["notice"] as Record<string, unknown>)["name"], "Ana");
    assert.equal(jobs.filter(({ name }) => name === "send_push").length, 1);
  });
});

Deno.test("alert_people() tells first who has the conversation, and steps over rungs without people", async () => {
  await called(async (sql, id) => {
    await sql`update sessions set assigned_to = ${stage.a.people.admin} where id = ${stage.a.sessionId}`;
    await climb(sql, id, "agent");
    assert.deepEqual(await told(sql), ["admin agent app"]);
  });
  await called(async (sql, id) => {
    await become(sql, "postgres", stage);
    await appear(sql, "offline");
    await become(sql, "worker of a", stage);
    await climb(sql, id, "agent");
    assert.deepEqual(await told(sql), ["owner owner app"]);
  });
});

Deno.test("nobody is told once a request was opened, taken on, ended or begun anew", async () => {
  const ends: ((sql: TransactionSql) => Promise<unknown>)[] = [
    (sql) => sql`select api.acknowledge_alerts(${stage.a.id}, ${stage.a.sessionId})`,
    (sql) => sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`,
    (sql) => sql`select api.resolve_session(${stage.a.id}, ${stage.a.sessionId})`,
    (sql) => sql`select api.hand_back(${stage.a.id}, ${stage.a.sessionId})`,
  ];
  for (const end of ends) {
    await called(async (sql, id) => {
      await climb(sql, id, "agent");
      await become(sql, "agent of a", stage);
      await end(sql);
      await become(sql, "worker of a", stage);
      await climb(sql, id, "next");
      assert.deepEqual(await told(sql), ["agent agent app", "agent agent push"]);
      const [row] = await sql`select acknowledged_by from escalations where id = ${id}`;
      assert.equal(row?.acknowledged_by, stage.a.people.agent);
    });
  }
  await called(async (sql, id) => {
    await sql`update escalations set alert_round = 2 where id = ${id}`;
    await climb(sql, id, "agent", 1);
    assert.deepEqual(await told(sql), []);
  });
});

Deno.test("a request that nobody sees is told from the beginning, as often as the tenant wants", async () => {
  await called(async (sql, id) => {
    await climb(sql, id, "again", 1);
    await climb(sql, id, "again", 2);
    await climb(sql, id, "again", 3);
    const [row] = await sql`select alert_round from escalations where id = ${id}`;
    assert.equal(row?.alert_round, 3);
    const rounds = (await planned(sql)).filter(({ payload }) => payload["rung"] === "agent");
    assert.deepEqual(rounds.map(({ payload }) => payload["round"]), [1, 2, 3]);
  });
});

Deno.test("whoever gives a conversation back to the queue has people told anew", async () => {
  await called(async (sql, id) => {
    await become(sql, "agent of a", stage);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    await sql`select api.release_session(${stage.a.id}, ${stage.a.sessionId})`;
    await become(sql, "worker of a", stage);
    const [row] = await sql`select alert_round, acknowledged_at from escalations where id = ${id}`;
    assert.deepEqual({ ...row }, { alert_round: 2, acknowledged_at: null });
    assert.ok((await planned(sql)).some(({ payload }) => payload["round"] === 2));
  });
});

Deno.test("alert_due_soon() tells again of what nobody has answered, and of nothing else", async () => {
  const roundAfter = async (change: (sql: TransactionSql) => Promise<unknown>) => {
    let round: number | undefined;
    await called(async (sql, id) => {
      await change(sql);
      await become(sql, "worker of a", stage);
      await sql`select engine.alert_due_soon(${id})`;
      const [row] = await sql`select alert_round, alert_cause from escalations where id = ${id}`;
      round = row?.alert_round;
      if (round === 2) assert.equal(row?.alert_cause, "due_soon");
    });
    return round;
  };
  assert.equal(await roundAfter(() => Promise.resolve()), 2);
  const seen = (sql: TransactionSql) =>
    become(sql, "agent of a", stage).then(() =>
      sql`select api.acknowledge_alerts(${stage.a.id}, ${stage.a.sessionId})`
    );
  assert.equal(await roundAfter(seen), 2);
  const answered = async (sql: TransactionSql) => {
    await sql`update sessions set last_message_from = 'agent', holder = 'human'`;
    await sql`update escalations set status = 'claimed', claimed_by = ${stage.a.people.agent}, claimed_at = now()`;
  };
  assert.equal(await roundAfter(answered), 1);
  assert.equal(
    await roundAfter((sql) => sql`update sessions set snoozed_until = now() + interval '1 hour'`),
    1,
  );
  assert.equal(
    await roundAfter((sql) => sql`update escalations set status = 'resolved', resolved_at = now()`),
    1,
  );
});

Deno.test("a promise that is due tells whoever holds the conversation", async () => {
  await called(async (sql, id) => {
    await become(sql, "agent of a", stage);
    await sql`select api.take_over(${stage.a.id}, ${stage.a.sessionId})`;
    await become(sql, "worker of a", stage);
    await sql`update promises set due_at = now()`;
    await sql`select engine.escalate_promises(${sql.json([stage.a.sessionId])})`;
    await climb(sql, id, "agent", 2);
    assert.deepEqual(await told(sql, 2), ["agent agent app", "agent agent push"]);
    await become(sql, "agent of a", stage);
    const [notice] =
      await sql`select kind, body from api.list_notifications(${stage.a.id}) where kind = 'escalation'`;
    assert.equal(notice?.body.cause, "promise");
  });
});

Deno.test("members see who was told, by which way, and who has seen it; never the token", async () => {
  await called(async (sql, id) => {
    await climb(sql, id, "agent");
    const [push] = await sql`select id, receipt_token from alerts where way = 'push'`;
    await sql`select engine.settle_push(${push?.id}, 'accepted')`;
    await sql`select engine.settle_push(${push?.id}, 'gone')`;
    await sql`select engine.keep_receipt(${push?.receipt_token}, 'opened')`;
    await become(sql, "admin of a", stage);
    assert.equal(
      (await sql`select api.acknowledge_alerts(${stage.a.id}, ${stage.a.sessionId}) as first`)[0]?.first,
      true,
    );
    assert.equal(
      (await sql`select api.acknowledge_alerts(${stage.a.id}, ${stage.a.sessionId}) as first`)[0]?.first,
      false,
    );
    const [app, seen] =
      await sql`select * from api.list_alerts(${stage.a.id}, ${stage.a.sessionId}) order by way`;
    assert.deepEqual([app?.way, app?.opened_at, app?.acknowledged_by], ["app", null, stage.a.people.admin]);
    assert.ok(seen?.sent_at && seen.delivered_at && seen.opened_at);
    assert.equal(seen?.failure, null);
    await assert.rejects(sql.savepoint((inner) => inner`select receipt_token from alerts`), {
      code: "42501",
    });
  });
});

Deno.test("a conversation says since when somebody has seen it, and until when the owner's phone holds it", async () => {
  await called(async (sql) => {
    await sql`update sessions set held_until = '2026-12-01 10:00+00' where id = ${stage.a.sessionId}`;
    await become(sql, "agent of a", stage);
    await sql`select api.acknowledge_alerts(${stage.a.id}, ${stage.a.sessionId})`;
    const [session] = await sql`
      select held_until, acknowledged_at from api.get_session(${stage.a.id}, ${stage.a.sessionId})`;
    assert.equal(session?.held_until.toISOString(), "2026-12-01T10:00:00.000Z");
    assert.ok(session?.acknowledged_at);
  });
});

Deno.test("a tenant says how fast its ladder is, and whether names leave the app", async () => {
  const alerts = { ladder_minutes: { agent: 7 }, due_soon_minutes: 0, show_names: false };
  await stage.sql`update public.tenants set settings = settings || ${
    stage.sql.json({ alerts })
  } where id = ${stage.a.id}`;
  await called(async (sql, id) => {
    await climb(sql, id, "agent");
    const jobs = await planned(sql);
    assert.deepEqual(jobs.filter(({ payload }) => payload["rung"] === "next").map(({ seconds }) => seconds), [
      420,
    ]);
    const [push] = jobs.filter(({ name }) => name === "send_push");
    assert.equal((push?.payload["notice"] as Record<string, unknown>)["name"], null);
  });
  await stage.sql`update public.tenants set settings = settings - 'alerts' where id = ${stage.a.id}`;
  await stage.as("owner of a", async (sql) => {
    await sql`select api.save_alert_settings(${stage.a.id}, ${sql.json(alerts)})`;
    for (
      const bad of [
        [],
        { ladder_minutes: { agent: 0 } },
        { ladder_minutes: { agent: "2" } },
        { rounds: 1.5 },
        { x: 1 },
        {
          show_names: 1,
        },
      ]
    ) {
      await assert.rejects(
        sql.savepoint((inner) =>
          inner`select api.save_alert_settings(${stage.a.id}, ${sql.json(bad as never)})`
        ),
        { detail: "bad_alert_settings" },
        JSON.stringify(bad),
      );
    }
    await become(sql, "agent of a", stage);
    await assert.rejects(
      sql.savepoint((inner) => inner`select api.save_alert_settings(${stage.a.id}, ${sql.json(alerts)})`),
      { code: "42501" },
    );
  });
});
