import type { TransactionSql } from "postgres";
import type { Tenants } from "../../testing/become.ts";

/** A wall that is taken down. */
export interface Mutation {
  /** In words, for who has to mend what did not notice it. */
  label: string;
  /** What it touches: `client_x.sessions`, `private.drop_tenant(uuid)`, or a schema. */
  object: string;
  statement: string;
}

/** The roles that whatever was revoked is granted to again. */
const strangers = ["public", "anon", "authenticated"];

/** Schemas whose policies are ours: our own, and Supabase's tables that we guard. */
const guarded = (tenants: Tenants) => ["public", "private", "realtime", "storage", tenants.a.schemaName];

/** Every policy dropped, and replaced by one that lets everybody of its role through. */
export async function listPolicyMutations(sql: TransactionSql, tenants: Tenants): Promise<Mutation[]> {
  const policies = await sql<{ object: string; name: string; using: string | null; check: string | null }[]>`
    select p.polrelid::regclass::text as object, quote_ident(p.polname) as name,
      pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (${guarded(tenants)}) order by 1, 2`;
  return policies.flatMap(({ object, name, using, check }) => {
    const dropped = {
      label: `${name} on ${object} dropped`,
      object,
      statement: `drop policy ${name} on ${object}`,
    };
    const open = [
      using && using !== "true" && "using (true)",
      check && check !== "true" && "with check (true)",
    ]
      .filter(Boolean).join(" ");
    // What is open already is walled by grants; see the mutations of those.
    if (!open) return [dropped];
    return [dropped, {
      label: `${name} on ${object} replaced by true`,
      object,
      statement: `alter policy ${name} on ${object} ${open}`,
    }];
  });
}

/** Row level security switched off, table by table. */
export async function listRlsMutations(sql: TransactionSql, tenants: Tenants): Promise<Mutation[]> {
  const tables = await sql<{ object: string }[]>`
    select c.oid::regclass::text as object from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any (${guarded(tenants)}) and c.relkind in ('r', 'p') and c.relrowsecurity
      and (n.nspname not in ('realtime', 'storage') or exists (select from pg_policy p where p.polrelid = c.oid))
    order by 1`;
  return tables.map(({ object }) => ({
    label: `row level security of ${object} off`,
    object,
    statement: `alter table ${object} disable row level security`,
  }));
}

/** Every operation on every table granted to those who lack it. */
export async function listTableGrantMutations(sql: TransactionSql, tenants: Tenants): Promise<Mutation[]> {
  const rows = await sql<{ object: string; privilege: string; grantee: string }[]>`
    select c.oid::regclass::text as object, privilege, grantee
    from pg_class c join pg_namespace n on n.oid = c.relnamespace,
      unnest('{select, insert, update, delete}'::text[]) privilege, unnest(${strangers}::text[]) grantee
    where n.nspname in ('public', 'private', 'api', 'engine', ${tenants.a.schemaName})
      and c.relkind in ('r', 'p', 'v', 'm') and not has_table_privilege(
        case grantee when 'public' then 'anon' else grantee end, c.oid, privilege)
    order by 1, 2, 3`;
  return rows.map(({ object, privilege, grantee }) => ({
    label: `${privilege} on ${object} granted to ${grantee}`,
    object,
    statement: `grant ${privilege} on ${object} to ${grantee}`,
  }));
}

/** Every function, definers among them, made callable for those who may not execute it. */
export async function listFunctionGrantMutations(sql: TransactionSql, tenants: Tenants): Promise<Mutation[]> {
  const rows = await sql<{ object: string; grantee: string }[]>`
    select p.oid::regprocedure::text as object, grantee
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, unnest(${strangers}::text[]) grantee
    where n.nspname in ('public', 'private', 'api', 'engine', ${tenants.a.schemaName})
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      and not has_function_privilege(case grantee when 'public' then 'anon' else grantee end, p.oid, 'execute')
    order by 1, 2`;
  return rows.map(({ object, grantee }) => ({
    label: `${object} made callable for ${grantee}`,
    object,
    statement: `grant execute on routine ${object} to ${grantee}`,
  }));
}

/** Every schema opened to those who may not look into it. */
export async function listSchemaGrantMutations(sql: TransactionSql, tenants: Tenants): Promise<Mutation[]> {
  const rows = await sql<{ object: string; right: string; grantee: string }[]>`
    select nspname::text as object, right_ as right, grantee
    from pg_namespace, unnest('{usage, create}'::text[]) right_,
      unnest(${[...strangers, "engine_router", `${tenants.b.schemaName}_worker`]}::text[]) grantee
    where nspname in ('public', 'private', 'api', 'engine', ${tenants.a.schemaName})
      and has_schema_privilege(current_user, oid, right_ || ' with grant option')
      and not has_schema_privilege(case grantee when 'public' then 'anon' else grantee end, oid, right_)
    order by 1, 2, 3`;
  return rows.map(({ object, right, grantee }) => ({
    label: `${right} of schema ${object} granted to ${grantee}`,
    object,
    statement: `grant ${right} on schema ${object} to ${grantee}`,
  }));
}
