import assert from "node:assert/strict";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import {
  defaultJobSettings,
  defineJob,
  type Job,
  type JobPorts,
  planRecurringJobs,
  recurringSweeps,
  runJobs,
  sweeps,
  systemTimers,
} from "@app/conversations/mod.ts";
import { z } from "zod";
import { openDatabase } from "../_shared/database.ts";
import { handle } from "./handler.ts";
import { openJobRunner } from "./open-job-runner.ts";

Deno.test("runJobs()", async (test) => {
  const postgres = await startTestDatabase();
  const database = openDatabase({ url: postgres.url, poolSize: 4, prepare: true });
  const { sql } = postgres;
  const reports: string[] = [];
  const portsWith = (changes: Partial<JobPorts["settings"]> = {}): JobPorts => ({
    database,
    timers: systemTimers,
    settings: { ...defaultJobSettings, backoffSeconds: 0.001, ...changes },
    report: (event) => void reports.push(event),
  });
  const plan = (name: string, payload: Record<string, string | number> = {}) =>
    sql`insert into private.jobs (name, payload, max_attempts) values (${name}, ${sql.json(payload)}, 3)`;
  const clear = () => sql`delete from private.jobs`;

  await test.step("runs each job once, with its payload, and remembers that it is done", async () => {
    const seen: number[] = [];
    const count = defineJob(
      "count",
      z.object({ n: z.number() }),
      ({ n }) => Promise.resolve(void seen.push(n)),
    );
    for (let n = 0; n < 20; n++) await plan("count", { n });
    const runs = await Promise.all([runJobs([count], portsWith()), runJobs([count], portsWith())]);
    assert.equal(runs[0].done + runs[1].done, 20);
    assert.deepEqual(seen.sort((a, b) => a - b), Array.from({ length: 20 }, (_, n) => n));
    const [left] = await sql`select count(*)::integer as n from private.jobs where status <> 'done'`;
    assert.deepEqual({ ...left }, { n: 0 });
    await clear();
  });

  await test.step("tries a failing job again after a pause, and lets it die at last", async () => {
    let tries = 0;
    const bad: Job = { name: "bad", run: () => Promise.reject(new Error(`try ${++tries}`)) };
    await plan("bad");
    await plan("unheard_of");
    await plan("picky", { n: "no number" });
    const picky = defineJob("picky", z.object({ n: z.number() }), () => Promise.resolve());
    for (let look = 0; look < 40 && tries < 3; look++) {
      await runJobs([bad, picky], portsWith());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    await runJobs([bad, picky], portsWith());
    const rows = await sql`select name, status, attempts, last_error from private.jobs order by name`;
    assert.deepEqual(rows.map((row) => ({ ...row })), [
      { name: "bad", status: "dead", attempts: 3, last_error: "Error" },
      { name: "picky", status: "dead", attempts: 3, last_error: "ZodError" },
      { name: "unheard_of", status: "dead", attempts: 3, last_error: "UnknownJob" },
    ]);
    await clear();
  });

  await test.step("takes over the job of a runner that died, and renews the lease of one that lives", async () => {
    await plan("slow");
    await database.withRouter((router) => router`select private.claim_jobs(1, 0.3)`);
    let runs = 0;
    const slow: Job = {
      name: "slow",
      async run() {
        runs++;
        await new Promise((resolve) => setTimeout(resolve, 900));
      },
    };
    assert.deepEqual(await runJobs([slow], portsWith()), { done: 0, failed: 0 });
    await new Promise((resolve) => setTimeout(resolve, 350));
    const heir = runJobs([slow], portsWith({ leaseSeconds: 0.3 }));
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(await runJobs([slow], portsWith()), { done: 0, failed: 0 });
    assert.deepEqual(await heir, { done: 1, failed: 0 });
    assert.equal(runs, 1);
    await clear();
  });

  await test.step("leaves a job that hangs at its deadline", async () => {
    await plan("hangs");
    const hangs: Job = { name: "hangs", run: () => new Promise(() => {}) };
    const run = await runJobs([hangs], portsWith({ deadlineSeconds: 0.1, backoffSeconds: 60 }));
    assert.deepEqual(run, { done: 0, failed: 1 });
    await clear();
  });

  await test.step("gives a tenant with many jobs no more than its share of a claim", async () => {
    const [a] = await sql`select private.provision_tenant('many', 'Many') as id`;
    const [b] = await sql`select private.provision_tenant('one', 'One') as id`;
    await sql`insert into private.jobs (tenant_id, name) select ${a?.id}, 'x' from generate_series(1, 50)`;
    await sql`insert into private.jobs (tenant_id, name) values (${b?.id}, 'x')`;
    const [row] = await database.withRouter((router) =>
      router<{ jobs: { tenant_id: string }[] }>`select private.claim_jobs(8, 50) as jobs`
    );
    assert.equal(row?.jobs.filter((job) => job.tenant_id === a?.id).length, 4);
    assert.equal(row?.jobs.filter((job) => job.tenant_id === b?.id).length, 1);
    await clear();
  });

  await test.step("planRecurringJobs() plans one run a period, and the sweeps do their work", async () => {
    const [config] = await sql`
      insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name)
      select id, schema_name, 'whatsapp', '77', 'x' from public.tenants where slug = 'one' returning id`;
    await sql`insert into client_one.early_statuses (config_id, external_id, status, body, received_at)
      values (${config?.id}, 'old', 'sent', '{}', now() - interval '25 hours'),
        (${config?.id}, 'new', 'sent', '{}', now())`;
    await sql`insert into private.jobs (name, status, finished_at) values ('old', 'done', now() - interval '8 days')`;
    const nowMs = Date.now();
    await planRecurringJobs(database, recurringSweeps, nowMs);
    await planRecurringJobs(database, recurringSweeps, nowMs);
    const jobs = sweeps({
      database,
      router: {
        find: () => Promise.resolve(new Map()),
        findAccounts: () => Promise.resolve(new Map()),
        forget() {},
      },
      reopenMinutes: 60,
      readWebhook: () => ({ channels: [], accounts: [] }),
      wakeAt() {},
    });
    assert.deepEqual(await runJobs(jobs, portsWith()), { done: recurringSweeps.length, failed: 0 });
    const kept = await sql`select external_id from client_one.early_statuses`;
    assert.deepEqual(kept.map((row) => row.external_id), ["new"]);
    assert.equal((await sql`select from private.jobs where name = 'old'`).length, 0);
  });

  await test.step("openJobRunner() reports a database that is away and runs again later", async () => {
    reports.length = 0;
    const away = {
      ...portsWith(),
      database: { ...database, withRouter: () => Promise.reject(new Error("away")) },
    };
    const run = openJobRunner([], recurringSweeps, away);
    await run();
    await run();
    assert.deepEqual(reports, ["jobs_not_run", "jobs_not_run"]);
  });

  await test.step("openJobRunner() looks once more for who called while it ran", async () => {
    const looks: (() => void)[] = [];
    const slow = {
      ...portsWith(),
      database: {
        ...database,
        withRouter: () =>
          new Promise<never>((resolve) => looks.push(() => resolve([{ jobs: [] }] as unknown as never))),
      },
    };
    const run = openJobRunner([], [], slow);
    const looked = async () => {
      while (looks.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      looks.shift()?.();
    };
    const first = run();
    await run();
    await run();
    await looked();
    await looked();
    await first;
    assert.equal(looks.length, 0);
  });

  await database.close();
  await postgres.stop();
});

Deno.test("handle() works only for who has the key", async () => {
  let worked = 0;
  const secrets = {
    databaseUrl: "",
    sealing: "",
    models: { servers: [] },
    secretKeys: { automations: "sb_secret_a" },
  };
  const ports = { settings: { secrets }, work: () => Promise.resolve(void worked++), runInBackground() {} };
  const call = (headers: Record<string, string>) =>
    new Request("http://127.0.0.1/run-jobs", { method: "POST", headers });
  assert.throws(() => handle(call({}), ports));
  assert.throws(() => handle(call({ apikey: "sb_secret_b" }), ports));
  assert.equal(worked, 0);
  assert.equal(handle(call({ apikey: "sb_secret_a" }), ports).status, 202);
  assert.equal(worked, 1);
  assert.equal(handle(new Request("http://127.0.0.1/run-jobs"), ports).status, 405);
  await Promise.resolve();
});
