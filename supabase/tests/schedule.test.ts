import assert from "node:assert/strict";
import postgres, { type TransactionSql } from "postgres";
import { rolledBack, type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => {
  stage = await startStage();
  // As on Supabase, where the superuser makes the extension and its owner may schedule.
  const admin = postgres(stage.database.adminUrl, { max: 1, onnotice: () => {} });
  await admin`create extension pg_cron`;
  await admin`grant usage on schema cron to postgres`;
  await admin.end();
});
Deno.test.afterAll(() => stage.stop());

/** Stands in for pg_net and the vault, which only Supabase ships: same names, the calls are kept in a table. */
async function makeNetAndVault(sql: TransactionSql, secrets: Record<string, string>) {
  await sql.unsafe(`
    create schema net;
    create table net.calls (url text, body jsonb, headers jsonb, timeout_milliseconds integer);
    create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}',
      headers jsonb default '{}', timeout_milliseconds integer default 2000) returns bigint
    language sql as 'insert into net.calls values (url, body, headers, timeout_milliseconds) returning 1::bigint';
    create schema vault;
    create table vault.decrypted_secrets (name text, decrypted_secret text)`);
  for (const [name, secret] of Object.entries(secrets)) {
    await sql`insert into vault.decrypted_secrets values (${name}, ${secret})`;
  }
}

const secrets = { project_url: "https://project.test", automations_key: "sb_secret_automations" };

/** Runs what pg_cron would run, and gives the addresses that were called. */
async function runScheduled(sql: TransactionSql): Promise<string[]> {
  await sql`select private.schedule_calls()`;
  const jobs = await sql<{ command: string }[]>`select command from cron.job order by jobname`;
  for (const job of jobs) await sql.unsafe(job.command);
  return (await sql<{ url: string }[]>`select url from net.calls order by url`).map((call) => call.url);
}

Deno.test("schedule_calls() plans each call once, however often it is run", async () => {
  const jobs = await rolledBack(stage.sql, async (sql) => {
    await sql`select private.schedule_calls()`;
    await sql`select private.schedule_calls()`;
    return [...await sql`select jobname, schedule from cron.job order by jobname`];
  });
  assert.deepEqual(jobs, [
    { jobname: "forget-runs", schedule: "17 3 * * *" },
    { jobname: "plan-jobs", schedule: "30 seconds" },
    { jobname: "process-pending", schedule: "5 seconds" },
    { jobname: "run-jobs", schedule: "5 seconds" },
  ]);
});

Deno.test("what is scheduled calls the functions with the automations key", async () => {
  await rolledBack(stage.sql, async (sql) => {
    await makeNetAndVault(sql, secrets);
    assert.deepEqual(await runScheduled(sql), [
      "https://project.test/functions/v1/process-pending",
      "https://project.test/functions/v1/run-jobs",
      "https://project.test/functions/v1/run-jobs",
    ]);
    const [call] = await sql`select headers, timeout_milliseconds as timeout from net.calls limit 1`;
    assert.equal(call?.headers.apikey, "sb_secret_automations");
    assert.equal(call?.timeout, 5000);
  });
});

Deno.test("what is scheduled leaves the functions alone while nothing is due or a worker has it", async () => {
  for (
    const change of [
      "due_at = now() + interval '1 hour'",
      "lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute'",
    ]
  ) {
    await rolledBack(stage.sql, async (sql) => {
      await makeNetAndVault(sql, secrets);
      await sql.unsafe(`update private.due_work set ${change}`);
      await sql.unsafe(`update private.jobs set ${change}`);
      // The one that plans what recurs.
      assert.deepEqual(await runScheduled(sql), ["https://project.test/functions/v1/run-jobs"]);
    });
  }
});

Deno.test("call_function() says what the vault lacks", async () => {
  await assert.rejects(
    rolledBack(stage.sql, async (sql) => {
      await makeNetAndVault(sql, { project_url: "https://project.test" });
      await sql`select private.call_function('run-jobs')`;
    }),
    /the vault lacks project_url or automations_key/,
  );
});
