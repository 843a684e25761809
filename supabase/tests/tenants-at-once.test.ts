import assert from "node:assert/strict";
import process from "node:process";
import postgres from "postgres";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";

let database: TestDatabase;
Deno.test.beforeAll(async () => void (database = await startTestDatabase()));
Deno.test.afterAll(() => database.stop());

/** How many tenants are migrated while the server is killed; `MIGRATED_TENANTS=500` is the long form. */
const many = Number(process.env.MIGRATED_TENANTS ?? 12);

async function schemas(pattern: string): Promise<string[]> {
  const rows = await database.sql<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname like ${pattern} order by 1`;
  return rows.map((row) => row.name);
}

Deno.test("provision_tenant() of one slug from four sides at once makes one tenant, and the others are told why not", async () => {
  const results = await Promise.allSettled(
    [1, 2, 3, 4].map((side) => database.sql`select private.provision_tenant('twin', ${`Side ${side}`})`),
  );
  const refused = results.filter((result) => result.status === "rejected");
  assert.equal(refused.length, 3);
  for (const { reason } of refused) assert.equal(reason.constraint_name, "tenants_slug_key");
  assert.deepEqual(await schemas("client_twin%"), ["client_twin"]);
});

Deno.test("provision_tenant() of several slugs at once makes all of them", async () => {
  const slugs = ["left", "right", "upper", "lower"];
  await Promise.all(slugs.map((slug) => database.sql`select private.provision_tenant(${slug}, 'Same name')`));
  for (const slug of slugs) assert.deepEqual(await schemas(`client_${slug}`), [`client_${slug}`]);
});

Deno.test("provision_tenant() takes over no schema and no login that bear the name already, and leaves nothing", async () => {
  const { sql } = database;
  await sql`create schema client_squatted`;
  await assert.rejects(sql`select private.provision_tenant('squatted', 'Name')`, { code: "42P06" });
  await sql`create role client_intruder_worker login`;
  await assert.rejects(
    sql`select private.provision_tenant('intruder', 'Name')`,
    /Cannot provision tenant "intruder": the role "client_intruder_worker" is there and may log in/,
  );
  assert.equal((await sql`select from public.tenants where slug in ('squatted', 'intruder')`).length, 0);
  assert.deepEqual(await schemas("client_intruder%"), []);
});

Deno.test(`migrate_tenants() of ${many} tenants that is killed goes on where it was, and no tenant is half-way`, async () => {
  const { sql } = database;
  const have = await sql<{ count: number }[]>`select count(*)::int as count from public.tenants`;
  for (let number = have[0]?.count ?? 0; number < many; number++) {
    await sql`select private.provision_tenant(${`tenant_${number}`}, 'Name')`;
  }
  await sql`
    insert into private.tenant_steps (version, name, ddl)
    values (901, 'add_slow_things', 'create table slow_things (id integer primary key); select pg_sleep(0.1);
      create table slower_things (id integer primary key)')`;
  const applied = async () =>
    (await sql`select tenant_id from private.tenant_step_ledger where version = 901`).length;

  const runner = postgres(database.url, { max: 1, onnotice: () => {} });
  const [backend] = await runner<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const broken = assert.rejects(runner`call private.migrate_tenants()`);
  while (await applied() < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  Deno.kill(backend?.pid ?? 0, "SIGKILL");
  await broken;
  await runner.end({ timeout: 1 });
  await untilBack();

  const before = await applied();
  assert.ok(before >= 3 && before < many, `${before} of ${many} were migrated when the server died`);
  const tables = async () =>
    (await sql`
      select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname in ('slow_things', 'slower_things') and c.relkind = 'r'`).length;
  assert.equal(await tables(), 2 * before);
  await sql`call private.migrate_tenants()`;
  assert.deepEqual([await applied(), await tables()], [many, 2 * many]);
  await sql`call private.migrate_tenants()`;
  assert.equal(await applied(), many);
});

/** A server whose backend was killed throws every other one out and recovers. */
async function untilBack(): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const isUp = await database.sql`select 1`.then(() => true, () => false);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Cannot go on: the server did not come back within 60 s");
}
