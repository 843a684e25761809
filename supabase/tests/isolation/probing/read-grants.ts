import type { TransactionSql } from "postgres";
import type { Tenants } from "../../testing/become.ts";
import { columns as wantedColumns } from "../expected/columns.ts";
import { attemptAll } from "./attempts.ts";
import type { ProbedTable } from "./list-tables.ts";

/** What a role holds on a table. */
interface Grant {
  role: string;
  privilege: string;
  /** On how much of it, and on which columns: none at all, some, or the whole. */
  extent: "none" | "some" | "whole";
  columns: string[] | null;
  /** Whether a policy lets the role do it to any row. */
  hasPolicy: boolean;
}

/**
 * What is wrong with the grants on a table, in words: a right that no policy answers to, a policy that nobody has the
 * right for, columns that are not as expected. The last line of defence: whoever opens a table has to open two doors.
 *
 * @param changes Of the schema, made before and undone afterwards.
 */
export async function complaintsAboutGrants(
  sql: TransactionSql,
  tenants: Tenants,
  table: ProbedTable,
  changes: string[] = [],
): Promise<string[]> {
  const worker = `${tenants.a.schemaName}_worker`;
  const other = `${tenants.b.schemaName}_worker`;
  const [outcome] = await attemptAll(
    sql,
    tenants,
    [{ actor: "postgres", statement: grantsOf(table, [worker, other]), wantsResult: true }],
    changes,
  );
  const grants: Grant[] = JSON.parse(outcome?.result ?? "[]");
  const isTenantsOwn = table.label.startsWith("tenant.");
  return grants.flatMap((grant) => {
    const role = grant.role === worker ? "worker" : grant.role;
    // A tenant's own tables are granted to its worker alone, not to the group whose policy they carry.
    const mayHold = grant.hasPolicy && role !== "anon" &&
      !(isTenantsOwn && (role === other || role === "engine_worker"));
    const name = `${table.label}: ${role} ${grant.privilege}`;
    if (grant.extent === "none") return mayHold ? [`${name} has a policy and no grant`] : [];
    if (!mayHold) return [`${name} is granted, and no policy answers to it`];
    const wanted = wantedColumns[table.label]?.[`${role} ${grant.privilege}`];
    const found = grant.extent === "some" ? grant.columns?.join(" ") : undefined;
    return found === wanted ? [] : [
      `${name} is granted on "${found ?? "all"}", wanted "${
        wanted ?? "all"
      }": see supabase/tests/isolation/expected/columns.ts`,
    ];
  });
}

/** One row for each role and privilege. */
function grantsOf(table: ProbedTable, workers: string[]): string {
  const relation = `'${table.relation}'::regclass`;
  const roles = ["anon", "authenticated", "engine_worker", "engine_router", ...workers].map((role) =>
    `('${role}')`
  );
  const privileges = [
    "select r",
    "insert a",
    "update w",
    "delete d",
    "truncate -",
    "references -",
    "trigger -",
  ]
    .map((pair) => `('${pair.split(" ").join("', '")}')`);
  return `
    with held as (
      select role, privilege, letter, has_table_privilege(role, ${relation}, privilege) as whole,
        case when privilege in ('select', 'insert', 'update') then array(
          select a.attname::text from pg_attribute a
          where a.attrelid = ${relation} and a.attnum > 0 and not a.attisdropped
            and has_column_privilege(role, ${relation}, a.attnum, privilege) order by a.attnum
        ) end as columns
      from (values ${roles}) r (role), (values ${privileges}) p (privilege, letter)
    )
    select role, privilege, columns,
      case when whole then 'whole' when columns <> '{}' then 'some' else 'none' end as extent,
      exists (
        select from pg_policy p, unnest(p.polroles) policy_role
        where p.polrelid = ${relation} and p.polcmd::text in (letter, case letter when '-' then '-' else '*' end)
          and (policy_role = 0 or pg_has_role(role, policy_role, 'usage'))
      ) as "hasPolicy"
    from held`;
}
