import type { TransactionSql } from "postgres";
import { type Actor, actors, type Tenants, userOf } from "../../testing/become.ts";
import { type Attempt, attemptAll, isIn } from "./attempts.ts";
import type { Row } from "./compare.ts";
import { listTables, type ProbedTable } from "./list-tables.ts";
import { ownWrite } from "./own-writes.ts";

const letters = ["s", "i", "u", "d"] as const;

/**
 * Tries every operation of every actor on every table that the catalog lists, and leaves nothing behind: letters
 * s(elect) i(nsert) u(pdate) d(elete) by table.
 */
export async function readTableMatrix(sql: TransactionSql, tenants: Tenants): Promise<Record<string, Row>> {
  const matrix: Record<string, Row> = {};
  for (const table of await listTables(sql, tenants.a)) {
    matrix[table.label] = await readTableRow(sql, tenants, table);
  }
  return matrix;
}

/**
 * The same for one table.
 *
 * @param changes Of the schema, made before and undone afterwards.
 */
export async function readTableRow(
  sql: TransactionSql,
  tenants: Tenants,
  table: ProbedTable,
  changes: string[] = [],
): Promise<Row> {
  const attempts = actors.flatMap((actor) => attemptsOn(table, actor, tenants));
  const outcomes = await attemptAll(sql, tenants, attempts, changes);
  const row: Partial<Row> = {};
  for (const [place, actor] of actors.entries()) {
    row[actor] = letters.filter((letter, offset) => {
      const outcome = outcomes[place * letters.length + offset] ?? { code: "42501" };
      if (!isIn(outcome)) return false;
      if (outcome.code) return true;
      return letter === "s" ? (outcome.rows ?? 0) > 0 : letter === "i" || outcome.moved;
    }).join("");
  }
  return row as Row;
}

/** One attempt per letter. Changes come without a condition: one that reads a column is also held back by the policies for reading. */
function attemptsOn(table: ProbedTable, actor: Actor, tenants: Tenants): Attempt[] {
  const { relation, sample, columns } = table;
  const user = userOf(actor, tenants);
  const written = (privilege: "insert" | "update") => ({
    row: `jsonb_populate_record(null::${relation}, ${
      quote({ ...sample, ...ownWrite(table.label, privilege, user) })
    })`,
    columns: { relation, of: columns, privilege },
  });
  const inserted = written("insert");
  const updated = written("update");
  const watch =
    `select string_agg(${table.place}::text, ' ' order by ${table.place}) from ${relation} t ${table.ofA}`;
  return [
    { actor, statement: `select from ${relation} ${table.ofA}` },
    {
      actor,
      statement: `insert into ${relation} ({columns}) select {columns} from ${inserted.row}`,
      columns: inserted.columns,
    },
    {
      actor,
      statement: `update ${relation} set ({columns}) = (select {columns} from ${updated.row})`,
      columns: updated.columns,
      watch,
    },
    { actor, statement: `delete from ${relation}`, watch },
  ];
}

function quote(value: unknown): string {
  return `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;
}
