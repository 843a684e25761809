import assert from "node:assert/strict";
import type { Sql, TransactionSql } from "postgres";
import { rolledBack, type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

type Rule = (sql: Sql | TransactionSql) => Promise<string[]>;

/** Every schema of ours; tenants' schemas by what they are called, so that a new one is seen. */
const ours = `(n.nspname in ('public', 'private', 'api', 'engine') or n.nspname like 'client\\_%')`;

/** A query that lists what breaks a rule, in a column `name`. */
function rule(query: string): Rule {
  return async (sql) => (await sql.unsafe<{ name: string }[]>(query)).map((row) => row.name).sort();
}

const tablesWithoutRls = rule(`
  select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and c.relkind in ('r', 'p') and not c.relrowsecurity`);

const tablesWithoutKeyOrComment = rule(`
  select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and c.relkind in ('r', 'p') and (
    obj_description(c.oid, 'pg_class') is null
    or not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary))`);

const openDefiners = rule(`
  select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${ours} and p.prosecdef
    and (n.nspname <> 'private' or not coalesce('search_path=""' = any (p.proconfig), false))`);

const publicFunctions = rule(`
  select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${ours} and (
    has_function_privilege('anon', p.oid, 'execute')
    or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);

const foreignKeysWithoutIndex = rule(`
  select format('%s: %s', k.conrelid::regclass, k.conname) as name
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and k.contype = 'f' and not exists (
    select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = any (k.conkey)
      and (i.indpred is null or cardinality(k.conkey) = 1))`);

const loosePolicies = rule(`
  select format('%s.%s: %s', n.nspname, c.relname, p.polname) as name
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where ${ours} and (
    p.polroles = '{0}'
    or (p.polcmd = '*' and p.polroles <> array['engine_worker'::regrole::oid])
    or 'anon'::regrole = any (p.polroles))`);

const functionsInTenantSchemas = rule(`
  select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname like 'client\\_%' and p.proname <> 'tenant_id'`);

/**
 * A path that a function enters is undone when the function has one of its own. What reads no tenant table may pin an
 * empty path: its plans then outlive the change from tenant to tenant.
 */
const pathsOfTheirOwn = rule(`
  select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('api', 'engine') and p.prokind = 'f' and (
    p.prosecdef
    or (p.provolatile <> 'i' and p.prolang <> (select oid from pg_language where lanname = 'plpgsql'))
    or exists (
      select from unnest(p.proconfig) setting where setting like 'search_path=%'
        and (setting <> 'search_path=""' or p.prosrc ~ 'enter_tenant|set_config')))`);

const boundToOneTenant = rule(`
  select distinct p.oid::regprocedure::text as name
  from pg_proc p join pg_depend d on d.objid = p.oid and d.classid = 'pg_proc'::regclass
  join pg_type t on d.refclassid = 'pg_type'::regclass and t.oid = d.refobjid
  join pg_namespace n on n.oid = t.typnamespace
  where n.nspname like 'client\\_%'`);

const rules: [string, Rule, plant: string, shown: RegExp][] = [
  ["RLS is on in every table", tablesWithoutRls, "create table private.planted ()", /private\.planted/],
  [
    "every table has a primary key and says what it is",
    tablesWithoutKeyOrComment,
    "create table private.planted ()",
    /private\.planted/,
  ],
  [
    "definer functions are private and pin an empty search path",
    openDefiners,
    "create function private.planted() returns int language sql security definer as 'select 1'",
    /planted/,
  ],
  [
    "no function is executable by public or anon",
    publicFunctions,
    "create function api.planted() returns int language sql as 'select 1'; grant execute on function api.planted to public",
    /planted/,
  ],
  [
    "every foreign key has an index",
    foreignKeysWithoutIndex,
    "create table private.planted (tenant uuid references public.tenants (id))",
    /planted/,
  ],
  [
    "every policy names its role, and only the worker's is for all",
    loosePolicies,
    "create policy planted on private.jobs for all to authenticated using (true)",
    /planted/,
  ],
  [
    "tenant schemas hold no function but tenant_id()",
    functionsInTenantSchemas,
    "create function client_stage_a.planted() returns int language sql as 'select 1'",
    /planted/,
  ],
  [
    "functions of api and engine run as their caller and keep the path that they enter",
    pathsOfTheirOwn,
    `create function api.planted(a uuid) returns void language plpgsql set search_path = ''
      as 'begin perform private.enter_tenant(a); end'`,
    /planted/,
  ],
  [
    "no function is bound to a tenant's row type",
    boundToOneTenant,
    "create function private.planted() returns setof client_stage_a.contacts language plpgsql as 'begin end'",
    /planted/,
  ],
];

for (const [name, broken, plant, shown] of rules) {
  Deno.test(`catalog: ${name}`, async () => assert.deepEqual(await broken(stage.sql), []));

  Deno.test(`catalog: the rule that ${name} shows what breaks it`, async () => {
    const found = await rolledBack(stage.sql, async (sql) => {
      await sql.unsafe(plant);
      return await broken(sql);
    });
    assert.match(found.join(), shown);
  });
}

Deno.test("catalog: no role of the engine can log in, and the login has none of their rights by itself", async () => {
  const roles = await stage.sql<{ rolname: string; rolcanlogin: boolean; inherits: boolean }[]>`
    select r.rolname, r.rolcanlogin, bool_or(m.inherit_option) as inherits
    from pg_roles r join pg_auth_members m on m.roleid = r.oid and m.member = 'postgres'::regrole
    where r.rolname ~ '^engine_|_worker$' group by 1, 2 order by 1`;
  assert.deepEqual(
    roles.map((role) => [role.rolname, role.rolcanlogin, role.inherits]),
    [
      ["client_stage_a_worker", false, false],
      ["client_stage_b_worker", false, false],
      ["engine_router", false, false],
      ["engine_worker", false, false],
    ],
  );
});
