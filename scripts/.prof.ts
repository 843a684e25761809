import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { stageTenants } from "./stage/tenants.ts";
import { randomBytes, randomUUID } from "node:crypto";
import postgres from "postgres";
const db = await startTestDatabase({
  settings: [
    "fsync = on",
    "track_functions = all",
    "shared_preload_libraries='pg_cron,pg_stat_statements'",
    "pg_stat_statements.track=all",
  ],
});
const N = Number(Deno.args[0] ?? 1);
const t = await stageTenants(db.sql, N, `k1:${randomBytes(32).toString("base64")}`, {
  ms: 120000,
  maxMs: 120000,
});
const admin = postgres(db.adminUrl, { max: 1, onnotice() {} });
await admin`create extension pg_stat_statements`;
const sql = postgres(db.url, { max: 1, onnotice() {} });
const cfgs = await admin`select id, schema_name from public.client_configs`;
let i = 0;
async function one() {
  i++;
  const c = cfgs[i % cfgs.length]!;
  const p = Math.floor(Math.random() * 2000);
  const m = [{
    kind: "message",
    externalId: "w." + randomUUID(),
    timestamp: new Date().toISOString(),
    identities: [{ kind: "bsuid", externalId: "BO." + p }, { kind: "phone", externalId: "5916" + p }],
    profile: { name: "x" },
    type: "text",
    content: "hola que tal",
    payload: { text: { body: "hola" } },
    isTap: false,
    needsAnswer: true,
  }];
  await sql.begin(
    (s) => [
      s`select set_config('role', ${c.schema_name + "_worker"}, true), set_config('search_path', ${
        c.schema_name + ", engine, extensions"
      }, true)`,
      s`select engine.receive_messages(${c.id}, ${sql.json(m)})`,
    ],
  );
}
const fn =
  await admin`select pg_get_function_arguments(p.oid) a from pg_proc p where proname='receive_messages'`;
console.log(fn);
for (let k = 0; k < 100; k++) await one();
await admin`select pg_stat_reset()`;
await admin`select pg_stat_statements_reset()`;
const t0 = performance.now();
const n = 1000;
for (let k = 0; k < n; k++) await one();
console.log("ms each", (performance.now() - t0) / n);
await new Promise((r) => setTimeout(r, 1500));
console.table(
  (await admin`select schemaname||'.'||funcname f, calls, round((total_time/${n})::numeric,4)::float tot, round((self_time/${n})::numeric,4)::float self from pg_stat_user_functions order by self_time desc limit 20`)
    .map((x) => ({ ...x })),
);
console.table(
  (await admin`select left(regexp_replace(query,'\s+',' ','g'),90) q, calls, round((total_exec_time/${n})::numeric,4)::float tot, round((total_plan_time/${n})::numeric,4)::float plan from pg_stat_statements order by total_exec_time desc limit 30`)
    .map((x) => ({ ...x })),
);
await sql.end();
await admin.end();
await db.stop();
