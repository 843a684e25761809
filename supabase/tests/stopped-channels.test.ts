import assert from "node:assert/strict";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

type As = Parameters<Parameters<Stage["as"]>[1]>[0];

const stop = (sql: As) =>
  sql<{ stopped: boolean }[]>`
    select private.stop_channel(${stage.a.configId}, '{"code": 190, "title": "Expired"}', null) as stopped`;

Deno.test("private.stop_channel() stops a number once, and only for the worker of its tenant", async () => {
  const stopped = await stage.as("worker of a", async (sql) => [...await stop(sql), ...await stop(sql)]);
  assert.deepEqual(stopped.map((row) => row.stopped), [true, false]);
  const foreign = await stage.as("worker of b", async (sql) => [...await stop(sql)]);
  assert.deepEqual(foreign.map((row) => row.stopped), [false]);
});

Deno.test("api.resume_channel() is for owners and admins; they read why it stopped, and it goes on", async () => {
  const { a } = stage;
  await stage.sql`update public.client_configs set stopped_until = 'infinity',
    stop_reason = '{"code": 190, "title": "Expired", "since": "2026-11-30T10:00:00Z"}' where id = ${a.configId}`;
  try {
    const seen = await stage.as("owner of a", async (sql) => {
      const before = await sql<{ name: string; details: { title: string } }[]>`
        select name, details from api.list_channel_problems(${a.id}) where name = 'channel_stopped'`;
      await sql`select api.resume_channel(${a.id}, ${a.configId})`;
      await sql`select api.resume_channel(${a.id}, ${a.configId})`;
      const after = await sql`select from api.list_channel_problems(${a.id}) where name = 'channel_stopped'`;
      return { title: before[0]?.details.title, after: after.length };
    });
    assert.deepEqual(seen, { title: "Expired", after: 0 });
    for (const actor of ["agent of a", "owner of b", "stranger"] as const) {
      await assert.rejects(
        stage.as(actor, (sql) => sql`select api.resume_channel(${a.id}, ${a.configId})`),
        /only an owner or admin|do not act|not a member/i,
        actor,
      );
    }
    await assert.rejects(
      stage.as("owner of a", (sql) => sql`select api.resume_channel(${a.id}, ${stage.b.configId})`),
      { code: "PT404" },
    );
  } finally {
    await stage.sql`update public.client_configs set stopped_until = null, stop_reason = null`;
  }
});

Deno.test("people do not write stops themselves", async () => {
  await assert.rejects(
    stage.as("owner of a", (sql) => sql`update public.client_configs set stopped_until = null`),
    /permission denied/,
  );
});
