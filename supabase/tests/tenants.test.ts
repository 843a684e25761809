import assert from "node:assert/strict";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { stageTenant } from "./testing/staged-tenant.ts";
import { rolledBack, type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** Everything in the catalog and the registry that bears a tenant's name or id. */
async function traces(sql: Sql | TransactionSql, slug: string, id = ""): Promise<string[]> {
  const rows = await sql<{ trace: string }[]>`
    select 'schema ' || nspname as trace from pg_namespace where nspname = ${`client_${slug}`}
    union all select 'role ' || rolname from pg_roles where rolname = ${`client_${slug}_worker`}
    union all select 'relation ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${`client_${slug}`}
    union all select 'tenant' from public.tenants where slug = ${slug}
    union all select 'number' from public.client_configs where schema_name = ${`client_${slug}`}
    union all select 'secret' from private.channel_secrets where schema_name = ${`client_${slug}`}
    union all select 'due work' from private.due_work where schema_name = ${`client_${slug}`}
    union all select 'member' from public.tenant_members where tenant_id::text = ${id}
    union all select 'invitation' from public.tenant_invitations where tenant_id::text = ${id}
    union all select 'job' from private.jobs where tenant_id::text = ${id}
    union all select 'failed webhook' from private.failed_webhooks where tenant_id::text = ${id}
    union all select 'ledger' from private.tenant_step_ledger where tenant_id::text = ${id}
    union all select 'shared dependency' from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where r.rolname = ${`client_${slug}_worker`}`;
  return rows.map((row) => row.trace);
}

Deno.test("provision_tenant() gives the worker its tables and every step", async () => {
  const { sql } = stage;
  const [steps] = await sql`
    select (select count(*) from private.tenant_steps) as defined,
      (select count(*) from private.tenant_step_ledger where tenant_id = ${stage.a.id}) as applied`;
  assert.equal(steps?.applied, steps?.defined);
  const [contact] = await stage.as(
    "worker of a",
    (sql) => sql`insert into contacts (name) values ('Beto') returning tenant_id() as tenant`,
  );
  assert.equal(contact?.tenant, stage.a.id);
});

for (
  const [slug, constraint] of [
    [`a'; drop schema public; --`, "slug_is_a_plain_word"],
    [`say "hi"`, "slug_is_a_plain_word"],
    ["a".repeat(60), "slug_is_a_plain_word"],
    ["", "slug_is_a_plain_word"],
    ["Große", "slug_is_a_plain_word"],
    ["1st", "slug_is_a_plain_word"],
    ["two words", "slug_is_a_plain_word"],
    ["bakery\n", "slug_is_a_plain_word"],
    ["public", "slug_is_not_reserved"],
    ["engine", "slug_is_not_reserved"],
    ["stage_a_worker", "slug_is_not_reserved"],
    ["stage_a", "tenants_slug_key"],
  ] as const
) {
  Deno.test(`provision_tenant() refuses the slug ${JSON.stringify(slug).slice(0, 30)} by ${constraint}`, async () => {
    const before = await stage.sql`select nspname from pg_namespace order by 1`;
    await assert.rejects(stage.sql`select private.provision_tenant(${slug}, 'Name')`, {
      constraint_name: constraint,
    });
    assert.deepEqual(await stage.sql`select nspname from pg_namespace order by 1`, before);
  });
}

Deno.test("provision_tenant() accepts the longest slug without cutting a name", async () => {
  const slug = "a".repeat(41);
  await rolledBack(stage.sql, async (sql) => {
    await sql`select private.provision_tenant(${slug}, 'Name')`;
    const found = await traces(sql, slug);
    assert.ok(found.includes(`schema client_${slug}`) && found.includes(`role client_${slug}_worker`));
  });
});

Deno.test("provision_tenant() that fails leaves nothing", async () => {
  await assert.rejects(
    stage.sql`select private.provision_tenant('adrift', 'Name', p_time_zone => 'Mars/Olympus')`,
  );
  await assert.rejects(
    stage.sql.begin(async (sql) => {
      await sql`insert into private.tenant_steps (version, name, ddl) values (9999, 'break_something', 'select 1/0')`;
      await sql`select private.provision_tenant('adrift', 'Name')`;
    }),
    { code: "22012" },
  );
  assert.deepEqual(await traces(stage.sql, "adrift"), []);
});

Deno.test("provision_tenant() is nobody's but the project owner's", async () => {
  for (const actor of ["anon", "owner of a", "worker of a", "router"] as const) {
    await assert.rejects(stage.as(actor, (sql) => sql`select private.provision_tenant('mine', 'Mine')`), {
      code: "42501",
    });
  }
});

Deno.test("define_tenant_step() reaches tenants that are there and those that come later, once", async () => {
  await rolledBack(stage.sql, async (sql) => {
    await sql`select private.define_tenant_step(900, 'add_shoe_size', 'alter table contacts add column shoe_size integer')`;
    await sql`select private.provision_tenant('later', 'Later')`;
    const rows = await sql`
      select table_schema from information_schema.columns where column_name = 'shoe_size' order by 1`;
    assert.deepEqual(rows.map((row) => row.table_schema), [
      "client_later",
      "client_stage_a",
      "client_stage_b",
    ]);
    const [again] = await sql`select private.migrate_tenant(${stage.a.id}) as applied`;
    assert.equal(again?.applied, 0);
  });
});

Deno.test("define_tenant_step() that fails for one tenant is applied to none", async () => {
  await assert.rejects(
    stage.sql`select private.define_tenant_step(900, 'break_one',
      $$ select 1 / (case tenant_id() when ${stage.sql.unsafe(`'${stage.b.id}'`)} then 0 else 1 end) $$)`,
    { code: "22012" },
  );
  assert.equal((await stage.sql`select from private.tenant_steps where version = 900`).length, 0);
  assert.equal((await stage.sql`select from private.tenant_step_ledger where version = 900`).length, 0);
});

Deno.test("migrate_tenants() commits tenant by tenant and goes on where it stopped", async () => {
  const { sql } = stage;
  await sql`
    insert into private.tenant_steps (version, name, ddl)
    values (901, 'note_something', 'create table noted_things (id integer primary key)')`;
  await sql`create table ${sql(stage.a.schemaName)}.noted_things ()`;
  await assert.rejects(sql`call private.migrate_tenants()`, /Cannot migrate 1 tenants: stage_a/);
  const applied = () =>
    sql`select tenant_id from private.tenant_step_ledger where version = 901 order by applied_at`;
  assert.deepEqual((await applied()).map((row) => row.tenant_id), [stage.b.id]);
  await sql`drop table ${sql(stage.a.schemaName)}.noted_things`;
  await sql`call private.migrate_tenants()`;
  await sql`call private.migrate_tenants()`;
  assert.deepEqual((await applied()).map((row) => row.tenant_id), [stage.b.id, stage.a.id]);
  const [stored] = await stage.as(
    "worker of a",
    (sql) => sql`insert into noted_things values (1) returning id`,
  );
  assert.equal(stored?.id, 1);
  await sql`drop table ${sql(stage.a.schemaName)}.noted_things, ${sql(stage.b.schemaName)}.noted_things`;
  await sql`delete from private.tenant_step_ledger where version = 901`;
  await sql`delete from private.tenant_steps where version = 901`;
});

Deno.test("two runners that migrate a tenant at once apply a step once", async () => {
  const { sql } = stage;
  await sql`insert into private.tenant_steps (version, name, ddl) values (902, 'add_hat_size', 'alter table contacts add column hat_size integer')`;
  const runs = await Promise.all(
    [1, 2, 3].map(() => sql`select private.migrate_tenant(${stage.b.id}) as applied`),
  );
  assert.deepEqual(runs.map(([row]) => row?.applied).sort(), [0, 0, 1]);
  await sql`alter table ${sql(stage.b.schemaName)}.contacts drop column hat_size`;
  await sql`delete from private.tenant_step_ledger where version = 902`;
  await sql`delete from private.tenant_steps where version = 902`;
});

Deno.test("drop_tenant() wants the tenant suspended, then leaves nothing, and is quiet the second time", async () => {
  const { sql } = stage;
  const doomed = await stageTenant(sql, "doomed", "300");
  assert.ok((await traces(sql, "doomed", doomed.id)).length > 20);
  await assert.rejects(sql`select private.drop_tenant(${doomed.id})`, { code: "55000" });
  await sql`select private.suspend_tenant(${doomed.id})`;
  await sql`select private.start_dropping_tenant(${doomed.id})`;
  await assert.rejects(sql`select private.resume_tenant(${doomed.id})`, /is being dropped/);
  assert.equal((await sql`select private.drop_tenant(${doomed.id}) as done`)[0]?.done, true);
  assert.deepEqual(await traces(sql, "doomed", doomed.id), []);
  assert.equal((await sql`select private.drop_tenant(${doomed.id}) as done`)[0]?.done, false);
  const again = await stageTenant(sql, "doomed", "301");
  assert.notEqual(again.id, doomed.id);
});

Deno.test("drop_tenant() leaves a role that another database of the cluster still needs, and finds it again", async () => {
  const { sql, database } = stage;
  const first = await stageTenant(sql, "shared_name", "310");
  const elsewhere = postgres(database.adminUrl.replace(/\/postgres$/, "/template1"), {
    max: 1,
    onnotice: () => {},
  });
  try {
    await elsewhere`create table public.held (id integer)`;
    await elsewhere`grant select on public.held to client_shared_name_worker`;
    await sql`select private.suspend_tenant(${first.id})`;
    await sql`select private.drop_tenant(${first.id})`;
    assert.deepEqual(
      (await traces(sql, "shared_name", first.id)).filter((trace) => trace !== "shared dependency"),
      ["role client_shared_name_worker"],
    );
    const second = await stageTenant(sql, "shared_name", "311");
    await elsewhere`drop table public.held`;
    await sql`select private.suspend_tenant(${second.id})`;
    await sql`select private.drop_tenant(${second.id})`;
    assert.deepEqual(await traces(sql, "shared_name", second.id), []);
  } finally {
    await elsewhere.end();
  }
});

Deno.test("suspend_tenant() and resume_tenant() may be said twice", async () => {
  await rolledBack(stage.sql, async (sql) => {
    const status = async () =>
      (await sql`select status from public.tenants where id = ${stage.a.id}`)[0]?.status;
    for (const _ of [1, 2]) await sql`select private.suspend_tenant(${stage.a.id})`;
    assert.equal(await status(), "suspended");
    for (const _ of [1, 2]) await sql`select private.resume_tenant(${stage.a.id})`;
    assert.equal(await status(), "active");
  });
});

Deno.test("a worker cannot write due work or a number under another tenant's name", async () => {
  for (const [tenantId, schemaName] of [[stage.b.id, stage.b.schemaName], [stage.b.id, stage.a.schemaName]]) {
    await assert.rejects(
      stage.as("worker of a", (sql) =>
        sql`
      insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
      values (${tenantId ?? ""}, ${schemaName ?? ""}, gen_random_uuid(), 'turn', now())`),
      { code: /^(42501|23503)$/ },
    );
  }
});
