import type { TransactionSql } from "postgres";
import type { Tenants } from "../../testing/become.ts";
import type { StagedTenant } from "../../testing/staged-tenant.ts";
import { listTables } from "./list-tables.ts";

/** What belongs to one tenant, and how to see whether anything of it changed. */
export interface Belongings {
  tenant: StagedTenant;
  /** An id of each kind of thing, by the name that parameters give it: `session` for `p_session_id`. */
  ids: Record<string, string>;
  /** A query of one text that changes when any row of the tenant does. */
  fingerprint: string;
  /** Words and ids that stand in rows of this tenant and of no other. */
  secrets: string[];
}

/** What belongs to tenant a, so that it is noticed when b learns or changes any of it. */
export async function belongingsOfA(sql: TransactionSql, { a, b }: Tenants): Promise<Belongings> {
  const tables = await listTables(sql, a);
  const owned = tables.filter((table) => table.ofA || table.label.startsWith("tenant."));
  const ids: Record<string, string> = { user: a.people.admin, assigned_to: a.people.agent };
  for (const { name, sample } of owned.toSorted((x, y) => y.name.length - x.name.length)) {
    const singular = name.replace(/^(tenant|client)_/, "").replace(/ies$/, "y").replace(/s$/, "");
    if (typeof sample.id === "string") ids[singular] = sample.id;
  }
  const fingerprint = owned.map(({ relation, ofA }) =>
    `select coalesce(string_agg(t::text, ' ' order by t::text), '') as rows from ${relation} t ${ofA}`
  ).join(" union all ");
  const known = new Set<string>();
  for (const table of tables) {
    const own = await leaves(sql, table.relation, table.ofA);
    if (owned.includes(table)) { for (const leaf of own) known.add(leaf); }
  }
  for (const { relation, ofA } of tables) {
    const elsewhere = ofA
      ? await leaves(sql, relation, ofA.replace(" = ", " is distinct from "))
      : relation.startsWith(`${a.schemaName}.`)
      ? await leaves(sql, relation.replace(a.schemaName, b.schemaName), "")
      : await leaves(sql, relation, "");
    for (const leaf of elsewhere) known.delete(leaf);
  }
  for (const role of ["owner", "admin", "agent"]) known.add(`${role}@${a.slug}.test`);
  return {
    tenant: a,
    ids,
    fingerprint: `select md5(string_agg(rows, '|' order by rows)) from (${fingerprint}) all_rows`,
    secrets: [...known],
  };
}

/** The texts in the rows of a table, short ones left out. */
async function leaves(sql: TransactionSql, relation: string, condition: string): Promise<string[]> {
  const rows = await sql.unsafe<{ row: unknown }[]>(
    `select to_jsonb(t) as row from ${relation} t ${condition}`,
  );
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === "string" && value.length >= 6) texts.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(collect);
  };
  for (const { row } of rows) collect(row);
  return texts;
}
