import type { TransactionSql } from "postgres";
import { actors, type Tenants } from "../../testing/become.ts";
import { attemptAll } from "./attempts.ts";
import type { Row } from "./compare.ts";

/** The schemas of ours that the catalog lists, tenant b's apart; `tenant` for a's own. */
export async function listSchemas(sql: TransactionSql, tenants: Tenants): Promise<Record<string, string>> {
  const { schemaName } = tenants.a;
  const rows = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace
    where nspname !~ '^(pg_|information_schema|auth|storage|realtime|extensions|vault|cron|net|supabase_)'
      and nspname <> ${tenants.b.schemaName} order by 1`;
  return Object.fromEntries(rows.map(({ name }) => [name === schemaName ? "tenant" : name, name]));
}

/** Which actors may use each schema, and create in it. */
export async function readSchemaMatrix(sql: TransactionSql, tenants: Tenants): Promise<Record<string, Row>> {
  const matrix: Record<string, Row> = {};
  for (const [label, name] of Object.entries(await listSchemas(sql, tenants))) {
    matrix[label] = await readSchemaRow(sql, tenants, name);
  }
  return matrix;
}

/** The same for one schema, after changes that are undone. */
export async function readSchemaRow(
  sql: TransactionSql,
  tenants: Tenants,
  name: string,
  changes: string[] = [],
): Promise<Row> {
  const attempts = actors.flatMap((actor) =>
    ["usage", "create"].map((right) => ({
      actor,
      statement: `select where has_schema_privilege('${name}', '${right}')`,
    }))
  );
  const outcomes = await attemptAll(sql, tenants, attempts, changes);
  return Object.fromEntries(actors.map((actor, place) => [
    actor,
    [..."uc"].filter((_, offset) => outcomes[place * 2 + offset]?.rows === 1).join(""),
  ])) as Row;
}
