import postgres, { type TransactionSql } from "postgres";
import { type Actor, become, userOf } from "./become.ts";
import { rolledBack } from "./stage.ts";
import type { StagedTenant } from "./staged-tenant.ts";

/** Everybody who could come near the rows of tenant a. */
const actors = [
  "anon",
  "stranger",
  "agent of a",
  "owner of a",
  "worker of a",
  "agent of b",
  "owner of b",
  "worker of b",
  "router",
] as const satisfies readonly Actor[];

/** What an actor can do with the rows of tenant a, as letters: s(elect) i(nsert) u(pdate) d(elete). */
export type Row = Record<typeof actors[number], string>;

/** By table: `public.x`, `private.x`, and `tenant.x` for a's own schema. */
export type Matrix = Record<string, Row>;

interface Table {
  schema: string;
  name: string;
  /** The column that says whose row it is; none in a tenant's own schema and where rows are nobody's. */
  owner: string | null;
  /** Columns that a statement may set. */
  columns: string[];
}

type Tenants = { a: StagedTenant; b: StagedTenant };

/** Tries every operation of every actor on every table that the catalog lists, and leaves nothing behind. */
export async function readMatrix(sql: TransactionSql, tenants: Tenants): Promise<Matrix> {
  const matrix: Matrix = {};
  for (const table of await listTables(sql, tenants.a.schemaName)) {
    const sample = await readSample(sql, table, tenants.a);
    const name = `${table.schema === tenants.a.schemaName ? "tenant" : table.schema}.${table.name}`;
    const row: Partial<Row> = {};
    for (const actor of actors) row[actor] = await probe(sql, table, sample, actor, tenants);
    matrix[name] = { ...blank, ...row };
  }
  return matrix;
}

const blank = Object.fromEntries(actors.map((actor) => [actor, ""])) as Row;

async function listTables(sql: TransactionSql, tenantSchema: string): Promise<Table[]> {
  return await sql<Table[]>`
    select n.nspname as schema, c.relname as name,
      (select a.attname from pg_attribute a where a.attrelid = c.oid and n.nspname <> ${tenantSchema}
         and (a.attname in ('tenant_id', 'client_id') or (c.relname = 'tenants' and a.attname = 'id'))) as owner,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and a.attgenerated = '' and a.attidentity <> 'a' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private', ${tenantSchema}) and c.relkind in ('r', 'p')
    order by 1, 2`;
}

/** A row of tenant a to copy; without one nothing could be said about the table. */
async function readSample(
  sql: TransactionSql,
  table: Table,
  a: StagedTenant,
): Promise<Record<string, unknown>> {
  const from = sql`${sql(table.schema)}.${sql(table.name)}`;
  const [row] = await sql<{ sample: Record<string, unknown> }[]>`
    select to_jsonb(t) as sample from ${from} t
    ${table.owner ? sql`where ${sql(table.owner)} = ${a.id}` : sql``} limit 1`;
  if (!row) throw new Error(`Cannot probe ${table.schema}.${table.name}: the stage has no row in it`);
  return row.sample;
}

async function probe(
  sql: TransactionSql,
  table: Table,
  sample: Record<string, unknown>,
  actor: typeof actors[number],
  tenants: Tenants,
): Promise<string> {
  const from = sql`${sql(table.schema)}.${sql(table.name)}`;
  const ofA = table.owner ? sql`where ${sql(table.owner)} = ${tenants.a.id}` : sql``;
  const columnsFor = async (inner: TransactionSql, privilege: string) => {
    const rows = await inner<{ name: string }[]>`
      select c as name from unnest(${table.columns}::text[]) c
      where has_schema_privilege(${table.schema}, 'usage')
        and has_column_privilege(format('%I.%I', ${table.schema}::text, ${table.name}::text), c, ${privilege})`;
    return rows.map((row) => row.name);
  };
  const placeOfRows = (inner: TransactionSql) => inner`select ctid::text from ${from} ${ofA} order by 1`;
  const tries = (attempt: (inner: TransactionSql) => Promise<boolean>) =>
    succeeds(sql, actor, tenants, attempt);
  /** A statement without a condition, since one that reads a column is also held back by the policies for reading. */
  const moves = (statement: (inner: TransactionSql) => Promise<unknown>) =>
    tries(async (inner) => {
      await statement(inner);
      await become(inner, "postgres", tenants);
      return JSON.stringify(await placeOfRows(inner)) !== places;
    });
  const places = JSON.stringify(await placeOfRows(sql));

  const canSelect = await tries(async (inner) => (await inner`select from ${from} ${ofA}`).length > 0);
  const canInsert = await tries(async (inner) => {
    const columns = await columnsFor(inner, "insert");
    if (columns.length === 0) return false;
    const row = inner.json(
      JSON.parse(JSON.stringify({ ...sample, ...inOwnName(sample, userOf(actor, tenants)) })),
    );
    await inner`
      insert into ${from} (${inner(columns)})
      select ${inner(columns)} from jsonb_populate_record(null::${from}, ${row})`;
    return true;
  });
  const canUpdate = await moves(async (inner) => {
    const column = (await columnsFor(inner, "update")).at(-1);
    if (!column) return;
    const value = inner`(jsonb_populate_record(null::${from}, ${
      inner.json(JSON.parse(JSON.stringify(sample)))
    }))`;
    await inner`update ${from} set ${inner(column)} = ${value}.${inner(column)}`;
  });
  const canDelete = await moves((inner) => inner`delete from ${from}`);
  return [canSelect && "s", canInsert && "i", canUpdate && "u", canDelete && "d"].filter(Boolean).join("");
}

/** People write messages and events only as themselves, so the copy is made theirs. */
function inOwnName(sample: Record<string, unknown>, user: string | undefined): Record<string, unknown> {
  if (!user) return {};
  if ("sender_id" in sample) {
    return { sender_type: "agent", sender_id: user, direction: "internal", status: "sent" };
  }
  return "actor_id" in sample ? { actor_type: "agent", actor_id: user } : {};
}

/** Runs an attempt as an actor and undoes it. A constraint that stops it stops it behind the door, so that counts. */
async function succeeds(
  sql: TransactionSql,
  actor: Actor,
  tenants: Tenants,
  attempt: (sql: TransactionSql) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await rolledBack(sql, async (inner) => {
      await become(inner, actor, tenants);
      return await attempt(inner);
    });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    return error.code !== "42501";
  }
}

/** Where the matrix differs from what is wanted, in words; a table that nobody thought about is a difference. */
export function compare(matrix: Matrix, wanted: Record<string, Partial<Row>>): string[] {
  const names = [...new Set([...Object.keys(matrix), ...Object.keys(wanted)])].sort();
  return names.flatMap((name) => {
    const [row, wantedRow] = [matrix[name], wanted[name]];
    if (!row) return [`${name} is listed but not there`];
    if (!wantedRow) return [`${name} is not listed`];
    return actors.filter((actor) => row[actor] !== (wantedRow[actor] ?? ""))
      .map((actor) => `${name}: ${actor} may "${row[actor]}", wanted "${wantedRow[actor] ?? ""}"`);
  });
}
