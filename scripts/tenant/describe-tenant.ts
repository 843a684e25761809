import type { Sql } from "postgres";
import { countRows } from "./tenant-tables.ts";
import type { Tenant } from "./registry.ts";

/** What there is of a tenant, for a person at a terminal; secrets as their last four characters at most. */
export interface TenantDescription {
  id: string;
  slug: string;
  name: string;
  status: string;
  locale: string;
  timeZone: string;
  createdAt: Date;
  numbers: { channel: string; displayName: string; isEnabled: boolean; secrets: string }[];
  people: { email: string; role: string }[];
  stepsApplied: number;
  stepsPending: number;
  /** Rows by table, `sessions` or `private.due_work`; tables without rows are left out. */
  rows: { table: string; count: number }[];
  megabytes: number;
}

/** Reads everything in one snapshot. */
export function describeTenant(sql: Sql, tenant: Tenant): Promise<TenantDescription> {
  return sql.begin("isolation level repeatable read read only", async (transaction) => {
    const [row] = await transaction<Omit<TenantDescription, "numbers" | "people" | "rows">[]>`
      select t.id, t.slug, t.name, t.status, t.locale, t.time_zone as "timeZone", t.created_at as "createdAt",
        (select count(*)::integer from private.tenant_step_ledger l where l.tenant_id = t.id) as "stepsApplied",
        (select count(*)::integer from private.tenant_steps s where not exists (
          select from private.tenant_step_ledger l where l.tenant_id = t.id and l.version = s.version
        )) as "stepsPending",
        (select coalesce(round(sum(pg_total_relation_size(c.oid)) / 1048576.0, 1), 0)::float8
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = t.schema_name and c.relkind in ('r', 'p')) as megabytes
      from public.tenants t where t.id = ${tenant.id}`;
    if (!row) throw new Error(`Cannot describe tenant "${tenant.slug}": it is gone`);
    const numbers = await transaction<TenantDescription["numbers"]>`
      select c.channel_type as channel, c.display_name as "displayName", c.is_enabled as "isEnabled",
        coalesce((
          select string_agg(s.name || coalesce(' …' || s.last_four, ''), ', ' order by s.name)
          from private.channel_secrets s where s.config_id = c.id
        ), 'none') as secrets
      from public.client_configs c where c.client_id = ${tenant.id} order by c.created_at, c.id`;
    const people = await transaction<TenantDescription["people"]>`
      select u.email, m.role from public.tenant_members m join auth.users u on u.id = m.user_id
      where m.tenant_id = ${tenant.id} order by m.role desc, u.email`;
    const rows = await countRows(transaction, tenant);
    return {
      ...row,
      numbers: [...numbers],
      people: [...people],
      rows: rows.filter(({ count }) => count > 0),
    };
  });
}

/** Writes a description as lines. */
export function printTenant(tenant: TenantDescription): string {
  const steps = tenant.stepsPending === 0
    ? `${tenant.stepsApplied} steps, none pending`
    : `${tenant.stepsApplied} steps, ${tenant.stepsPending} pending: npm run tenant -- migrate --slug ${tenant.slug}`;
  return [
    `${tenant.slug}  ${tenant.name}  (${tenant.id})`,
    `  ${tenant.status}, ${tenant.locale}, ${tenant.timeZone}, since ${
      tenant.createdAt.toISOString().slice(0, 10)
    }`,
    `  schema   ${steps}, ${tenant.megabytes} MB`,
    ...listed(
      "numbers",
      tenant.numbers,
      (one) =>
        `${one.channel} ${one.displayName}${one.isEnabled ? "" : " (disabled)"}, secrets: ${one.secrets}`,
    ),
    ...listed("people", tenant.people, ({ role, email }) => `${role.padEnd(6)} ${email}`),
    ...listed("rows", tenant.rows, ({ table, count }) => `${String(count).padStart(8)}  ${table}`),
  ].join("\n");
}

function listed<T>(name: string, items: T[], write: (item: T) => string): string[] {
  if (items.length === 0) return [`  ${name.padEnd(8)} none`];
  return items.map((item, place) => `  ${(place === 0 ? name : "").padEnd(8)} ${write(item)}`);
}
