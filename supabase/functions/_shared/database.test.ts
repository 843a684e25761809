import assert from "node:assert/strict";
import { InvalidInput, NotFound, Unavailable } from "@app/contracts/mod.ts";
import type { Tenant } from "@app/conversations/mod.ts";
import { startTestDatabase } from "@app/local-supabase/testing.ts";
import { openDatabase } from "./database.ts";

const server = await startTestDatabase();
const database = openDatabase({ url: server.url, poolSize: 2, prepare: true });
const [one, two] = [await makeTenant("one"), await makeTenant("two")];
Deno.test.afterAll(async () => {
  await database.close();
  await server.stop();
});

async function makeTenant(slug: string): Promise<Tenant> {
  await server.sql`select private.provision_tenant(${slug}, ${slug})`;
  const [tenant] = await server.sql<Tenant[]>`
    select id, schema_name as "schemaName" from public.tenants where slug = ${slug}`;
  assert.ok(tenant);
  return tenant;
}

function whoAmI(tenant: Tenant) {
  return database.withTenant(
    tenant,
    (sql) =>
      sql<
        { user: string; path: string }
      >`select current_user as user, current_setting('search_path') as path`,
  );
}

Deno.test("withTenant() acts as the tenant's worker in the tenant's path, and leaves nothing behind", async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, place) => whoAmI(place % 2 ? one : two)),
  );
  for (const [place, [row]] of answers.entries()) {
    const { schemaName } = place % 2 ? one : two;
    assert.deepEqual({ ...row }, {
      user: `${schemaName}_worker`,
      path: `${schemaName}, engine, extensions`,
    });
  }
  const [after] = await database.withRouter((sql) => sql`select current_user as user`);
  assert.equal(after?.user, "engine_router");
});

Deno.test("withTenant() can't see another tenant, withRouter() can't see any", async () => {
  await assert.rejects(
    database.withTenant(one, (sql) => sql`select from client_two.sessions`),
    {
      code: "42501",
    },
  );
  await assert.rejects(
    database.withRouter((sql) => sql`select from client_two.sessions`),
    { code: "42501" },
  );
});

Deno.test("withTenant() commits all or nothing", async () => {
  await assert.rejects(
    database.withTenant(one, async (sql) => {
      await sql`insert into contacts (name) values ('Ana')`;
      throw new Error("stop");
    }),
    /stop/,
  );
  await assert.rejects(
    database.withTenant(
      one,
      (sql) =>
        Promise.all([
          sql`insert into contacts (name) values ('Ana')`,
          sql`select 1 / 0`,
        ]),
    ),
    InvalidInput,
  );
  assert.equal(
    (await database.withTenant(one, (sql) => sql`select from contacts`)).length,
    0,
  );
});

Deno.test("callAsTenant() returns what the function did as the tenant's worker, and leaves nothing behind", async () => {
  const role = await database.callAsTenant(
    one,
    (call) => call`current_setting('role')`,
  );
  assert.equal(role, "client_one_worker");
  assert.deepEqual(
    await database.callAsTenant(
      two,
      (call) => call`${call.json({ a: [1] })}::jsonb -> 'a'`,
    ),
    [
      1,
    ],
  );
  const [after] = await server
    .sql`select count(*)::int as open from pg_stat_activity where state like '%transaction%'
    and pid <> pg_backend_pid()`;
  assert.equal(after?.open, 0);
});

Deno.test("withMember() hands the claims to row level security", async () => {
  const sub = crypto.randomUUID();
  const [row] = await database.withMember(
    { sub },
    one,
    (sql) => sql`select current_user as user, private.caller_id() as uid`,
  );
  assert.deepEqual({ ...row }, { user: "authenticated", uid: sub });
  const seen = await database.withMember(
    { sub },
    one,
    (sql) => sql`select from contacts`,
  );
  assert.equal(seen.length, 0);
});

Deno.test("withTenant() passes values as values, whatever they contain", async () => {
  const strange = `'; drop schema client_one; -- $1 \\`;
  const [row] = await database.withTenant(
    one,
    (sql) =>
      sql`select ${strange} as text, ${sql.json({ strange, list: [1, null] })} as json, ${12} + 1 as number,
      ${9007199254740991n}::int8 as big, ${null} as nothing`,
  );
  assert.deepEqual({ ...row }, {
    text: strange,
    json: { strange, list: [1, null] },
    number: 13,
    big: 9007199254740991,
    nothing: null,
  });
});

Deno.test("withTenant() refuses a schema name that no registry gave, and one whose role is gone", async () => {
  for (
    const schemaName of [
      "public",
      "client_One",
      "client_x; drop",
      "client_",
      `client_${"x".repeat(60)}`,
    ]
  ) {
    await assert.rejects(whoAmI({ id: "x", schemaName }), /not of the form/);
  }
  const gone = { id: "x", schemaName: "client_gone" };
  await assert.rejects(whoAmI(gone), NotFound);
  await assert.rejects(
    database.callAsTenant(gone, (call) => call`1`),
    NotFound,
  );
});

Deno.test("withTenant() runs a transaction again that met a deadlock", async () => {
  await database.withTenant(
    one,
    (sql) => sql`insert into contacts (name) values ('left'), ('right')`,
  );
  let runs = 0;
  const lock = (first: string, second: string) =>
    database.withTenant(one, async (sql) => {
      runs++;
      await sql`update contacts set language = 'es' where name = ${first}`;
      await sql`select pg_sleep(0.1)`;
      await sql`update contacts set language = 'es' where name = ${second}`;
    });
  await Promise.all([lock("left", "right"), lock("right", "left")]);
  assert.equal(runs, 3);
});

Deno.test("withTenant() is Unavailable while the database is down, without its SQL, and works again afterwards", async () => {
  await server.crash();
  try {
    await assert.rejects(whoAmI(one), (error: Error) => {
      assert.ok(error instanceof Unavailable);
      assert.doesNotMatch(error.message, /select/);
      return true;
    });
    await assert.rejects(
      database.callAsTenant(one, (call) => call`1`),
      Unavailable,
    );
  } finally {
    await server.startAgain();
  }
  assert.equal((await whoAmI(one)).length, 1);
});
