import type { Connection } from "./connection.ts";
import type { Tenant } from "./registry.ts";

/** A table that has rows of a tenant. */
export interface TenantTable {
  schema: string;
  name: string;
  /** The column that says whose row it is; `null` in the tenant's own schema. */
  owner: string | null;
}

/**
 * Every table with rows of a tenant, from the catalog, so that a new one is never forgotten: all of its schema, and those
 * of `public` and `private` that name a tenant in a row.
 */
export async function listTenantTables(sql: Connection, tenant: Tenant): Promise<TenantTable[]> {
  return await sql<TenantTable[]>`
    select n.nspname as schema, c.relname as name, (
      select a.attname from pg_attribute a
      where n.nspname <> ${tenant.schemaName} and a.attrelid = c.oid and not a.attisdropped and (
        a.attname in ('tenant_id', 'client_id') or (n.nspname = 'public' and c.relname = 'tenants' and a.attname = 'id')
      )
      order by a.attname desc limit 1
    ) as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and (
      n.nspname = ${tenant.schemaName}
      or n.nspname in ('public', 'private') and exists (
        select from pg_attribute a
        where a.attrelid = c.oid and not a.attisdropped and (
          a.attname in ('tenant_id', 'client_id') or (n.nspname = 'public' and c.relname = 'tenants' and a.attname = 'id')
        )
      )
    )
    order by n.nspname <> 'public', n.nspname <> 'private', c.relname`;
}

/** As people read it: `sessions` of the tenant's own schema, `private.due_work` of the shared ones. */
export function titleOf({ schema, name, owner }: TenantTable): string {
  return owner === null ? name : `${schema}.${name}`;
}

/** The tenant's rows of a table, as a piece of a statement. */
export function rowsOf(sql: Connection, { schema, name, owner }: TenantTable, tenant: Tenant) {
  const table = sql`${sql(schema)}.${sql(name)} t`;
  return owner === null ? table : sql`${table} where ${sql("t")}.${sql(owner)} = ${tenant.id}`;
}

/** How many rows of a tenant each of its tables has. */
export async function countRows(
  sql: Connection,
  tenant: Tenant,
): Promise<{ table: string; count: number }[]> {
  const counts = [];
  for (const table of await listTenantTables(sql, tenant)) {
    const [row] = await sql<{ count: number }[]>`select count(*)::integer as count from ${
      rowsOf(sql, table, tenant)
    }`;
    counts.push({ table: titleOf(table), count: row?.count ?? 0 });
  }
  return counts;
}
