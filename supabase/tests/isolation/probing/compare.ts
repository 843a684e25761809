import type { Sql, TransactionSql } from "postgres";
import { actors } from "../../testing/become.ts";
import { rolledBack } from "../../testing/stage.ts";

/** What each actor can do with one object. */
export type Row = Record<typeof actors[number], string>;

/** The same as it is wanted; who is not named may do nothing. */
export type Expectation = Partial<Row>;

/**
 * Where what a matrix shows differs from what is expected, after statements of a migration that is undone.
 *
 * @param read Reads the matrix: a row for each object.
 * @param wanted The expectations, as they stand in `file`.
 */
export async function differences(
  sql: Sql,
  changes: readonly string[],
  read: (sql: TransactionSql) => Promise<Record<string, Row>>,
  wanted: Record<string, Expectation>,
  file: string,
): Promise<string[]> {
  const found = await rolledBack(sql, async (transaction) => {
    for (const change of changes) await transaction.unsafe(change);
    return await read(transaction);
  });
  return compare(found, wanted, file);
}

/** Where rows differ, in words; an object that nobody thought about is a difference. */
export function compare(
  found: Record<string, Row>,
  wanted: Record<string, Expectation>,
  file: string,
): string[] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])].sort();
  return names.flatMap((name) => {
    const [row, wantedRow] = [found[name], wanted[name]];
    if (!row) return [`${name} is expected in ${file} but not there`];
    if (!wantedRow) {
      return [`${name} has no expectation: add a line to ${file} that says who may do what with it`];
    }
    return actors.filter((actor) => row[actor] !== (wantedRow[actor] ?? ""))
      .map((actor) => `${name}: ${actor} may "${row[actor]}", wanted "${wantedRow[actor] ?? ""}"`);
  });
}
