import type { TransactionSql } from "postgres";
import type { StagedTenant } from "../../testing/staged-tenant.ts";

/** A table and how to find what is tenant a's in it. */
export interface ProbedTable {
  /** `public.x`, `private.x`, or `tenant.x` for a's own schema. */
  label: string;
  schema: string;
  name: string;
  /** Quoted, with its schema. */
  relation: string;
  /** The condition that keeps a's rows; empty where all rows are, and where rows are of no tenant. */
  ofA: string;
  /** Columns that a statement may set. */
  columns: string[];
  /** What tells whether a row was written anew: its place; in a view, which has none, its text. */
  place: string;
  /** A row of tenant a to copy. */
  sample: Record<string, unknown>;
}

interface Found {
  schema: string;
  name: string;
  relation: string;
  owner: string | null;
  columns: string[];
  place: string;
}

/** Every table and view of ours, from the catalog. @throws {Error} For one in which the stage has no row of tenant a. */
export async function listTables(sql: TransactionSql, a: StagedTenant): Promise<ProbedTable[]> {
  const found = await sql<Found[]>`
    select n.nspname as schema, c.relname as name, format('%I.%I', n.nspname, c.relname) as relation,
      case when c.relkind in ('r', 'p') then 'ctid' else 't' end as place,
      (select a.attname from pg_attribute a where a.attrelid = c.oid and n.nspname <> ${a.schemaName}
         and (a.attname in ('tenant_id', 'client_id') or (c.relname = 'tenants' and a.attname = 'id'))
       order by a.attname desc limit 1) as owner,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and a.attgenerated = '' and a.attidentity <> 'a' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private', 'api', 'engine', ${a.schemaName}) and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1, 2`;
  const tables: ProbedTable[] = [];
  for (const { owner, ...table } of found) {
    const ofA = owner ? `where ${owner} = '${a.id}'` : "";
    const [row] = await sql.unsafe<{ sample: Record<string, unknown> }[]>(
      `select to_jsonb(t) as sample from ${table.relation} t ${ofA} limit 1`,
    );
    const label = `${table.schema === a.schemaName ? "tenant" : table.schema}.${table.name}`;
    if (!row) {
      throw new Error(
        `Cannot probe ${label}: the stage has no row of tenant a in it; add one in supabase/tests/testing/staged-tenant.ts`,
      );
    }
    tables.push({ ...table, label, ofA, sample: row.sample });
  }
  return tables;
}
