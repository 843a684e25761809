import assert from "node:assert/strict";
import { Unavailable } from "@app/contracts/mod.ts";
import type { Sql, Tenant } from "@app/conversations/mod.ts";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import postgres from "postgres";
import { openDatabase } from "./database.ts";

const server = await startTestDatabase();
/** The superuser, whose own connections are not among those that are ended. */
const witness = postgres(server.adminUrl, { max: 1 });
const database = openDatabase({ url: server.url, poolSize: 2, prepare: true });
await server.sql`select private.provision_tenant('shop', 'Shop')`;
const [tenant] = await server.sql<Tenant[]>`
  select id, schema_name as "schemaName" from public.tenants where slug = 'shop'`;
assert.ok(tenant);
const shop = tenant;
Deno.test.afterAll(async () => {
  await database.close();
  await witness.end();
  await server.stop();
});

// Each test fails as a whole when the driver throws where nobody can catch it.

const ended = (pid: number) => witness`select pg_terminate_backend(${pid}, 5000)`;
const pidOf = async (sql: Sql) => (await sql<{ pid: number }>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function names(prefix: string): Promise<string[]> {
  const rows = await witness<{ name: string }[]>`
    select name from client_shop.contacts where name like ${`${prefix}%`} order by name`;
  return rows.map(({ name }) => name);
}

Deno.test("withTenant() is Unavailable when its connection is lost between two statements, and commits nothing", async () => {
  for (let round = 0; round < 20; round++) {
    await assert.rejects(
      database.withTenant(shop, async (sql) => {
        await sql`insert into contacts (name) values ('between')`;
        await ended(await pidOf(sql));
        await pause(round % 2 ? 50 : 0);
        await sql`insert into contacts (name) values ('between')`;
      }),
      Unavailable,
    );
  }
  assert.deepEqual(await names("between"), []);
});

Deno.test("withTenant() is Unavailable when its connection is lost within a statement or before the commit", async () => {
  for (let round = 0; round < 20; round++) {
    await assert.rejects(
      database.withTenant(shop, async (sql) => {
        const pid = await pidOf(sql);
        const slow = sql`insert into contacts (name) select 'within' from pg_sleep(20)`;
        await Promise.all([slow, ended(pid)]);
      }),
      Unavailable,
    );
    await assert.rejects(
      database.withTenant(shop, async (sql) => {
        await sql`insert into contacts (name) values ('within')`;
        await ended(await pidOf(sql));
        await pause(round % 2 ? 50 : 0);
      }),
      Unavailable,
    );
  }
  assert.deepEqual(await names("within"), []);
});

Deno.test("withTenant() says nothing to the database any more after its connection was lost, whoever goes on", async () => {
  await assert.rejects(
    database.withTenant(shop, async (sql) => {
      await ended(await pidOf(sql));
      await pause(50);
      // The lane serves others meanwhile, on a new connection.
      await Promise.all([1, 2, 3, 4].map(() => database.withTenant(shop, pidOf)));
      for (let times = 0; times < 3; times++) {
        await sql`insert into contacts (name) values ('ghost')`.catch(() => {});
      }
      return "done";
    }),
    Unavailable,
  );
  assert.deepEqual(await names("ghost"), []);
});

Deno.test("the database is used as before after connections were lost at 300 random moments, and no transaction is half there", async () => {
  let isOver = false;
  const outcomes = { done: 0, unavailable: 0 };
  async function work(worker: number): Promise<void> {
    for (let round = 0; !isOver; round++) {
      const name = `random ${worker} ${round}`;
      const one = round % 3 === 0
        ? database.callAsTenant(shop, (call) => call`current_setting('role')`)
        : database.withTenant(shop, async (sql) => {
          await sql`insert into contacts (name) values (${`${name} a`} || current_user)`;
          await sql`select pg_sleep(random() * 0.002)`;
          await sql`insert into contacts (name) values (${`${name} b`} || current_user)`;
        });
      await one.then(() => outcomes.done++, (error) => {
        assert.ok(error instanceof Unavailable, error);
        outcomes.unavailable++;
      });
    }
  }
  const workers = Array.from({ length: 8 }, (_, worker) => work(worker));
  for (let kill = 0; kill < 300; kill++) {
    // Something gets through between two losses, however slow the machine is.
    for (const before = outcomes.done; outcomes.done === before;) await pause(1);
    await pause(Math.random() * 5);
    await witness`select pg_terminate_backend(pid) from pg_stat_activity
      where backend_type = 'client backend' and usename = 'postgres' order by random() limit 1`;
  }
  isOver = true;
  await Promise.all(workers);
  assert.ok(outcomes.done >= 300 && outcomes.unavailable > 50, JSON.stringify(outcomes));
  const stored = await names("random");
  assert.ok(
    stored.every((name) => name.endsWith("client_shop_worker")),
    "a statement ran outside of its role",
  );
  const halves = Map.groupBy(stored, (name) => name.split(" ").slice(0, 3).join(" "));
  assert.deepEqual([...halves].filter(([, both]) => both.length !== 2), []);
  for (let times = 0; times < 4; times++) assert.ok(await database.withTenant(shop, pidOf));
});

Deno.test("the database is used again within 2 s after each of five crashes under load", async () => {
  let isOver = false;
  async function work(): Promise<void> {
    while (!isOver) {
      await database.withTenant(shop, async (sql) => {
        await sql`select pg_sleep(0.001)`;
        await sql`select 1`;
      }).catch((error) => assert.ok(error instanceof Unavailable, error));
      await pause(1);
    }
  }
  const workers = Array.from({ length: 8 }, work);
  for (let crash = 0; crash < 5; crash++) {
    await pause(Math.random() * 100);
    await server.crash();
    await pause(Math.random() * 200);
    await server.startAgain();
    await assert.doesNotReject(async () => {
      for (let tries = 0;; tries++) {
        const isUp = await database.withTenant(shop, pidOf).then(() => true, () => false);
        if (isUp) return;
        if (tries === 20) throw new Error("the database is up and not used");
        await pause(100);
      }
    });
  }
  isOver = true;
  await Promise.all(workers);
});
