import { readFile } from "node:fs/promises";
import type { TransactionSql } from "postgres";
import { type Actor, identify, type Tenants } from "../../testing/become.ts";

/** One statement as one actor. */
export interface Attempt {
  actor: Actor;
  statement: string;
  /** Settings beside role and claims, as `search_path`. */
  settings?: Record<string, string>;
  /** A query of one text, read as `postgres` before and after: did the statement change what it shows? */
  watch?: string;
  /** Fills `{columns}` with those of a relation that the actor holds a privilege on. */
  columns?: { relation: string; of: string[]; privilege: "insert" | "update" };
  /** Whether the rows themselves are wanted. */
  wantsResult?: boolean;
}

/** What came of an attempt: rows and changes, or the refusal. */
export interface Outcome {
  rows?: number;
  moved?: boolean;
  /** JSON of the rows, if they were wanted and there were any. */
  result?: string | null;
  /** SQLSTATE, and everything that the error says. */
  code?: string;
  text?: string;
}

const source = await readFile(new URL("attempts.sql", import.meta.url), "utf8");

/**
 * Makes attempts after changes of the schema, and undoes all of it.
 *
 * @param changes Statements of `postgres`: a leak that is planted, a wall that is taken down.
 */
export async function attemptAll(
  sql: TransactionSql,
  tenants: Tenants,
  attempts: Attempt[],
  changes: string[] = [],
): Promise<Outcome[]> {
  await defineOnce(sql);
  const asJson = attempts.map(({ actor, statement, settings, watch, columns, wantsResult }) => {
    const { role, user } = identify(actor, tenants);
    return {
      role,
      statement,
      settings: { ...settings, "request.jwt.claims": user ? JSON.stringify({ sub: user, role }) : "" },
      ...(watch && { watch }),
      ...(columns && { relation: columns.relation, columns: columns.of, privilege: columns.privilege }),
      ...(wantsResult && { result: true }),
    };
  });
  const [row] = await sql<{ outcomes: Outcome[] }[]>`
    select pg_temp.attempt_all(${sql.json(asJson)}, ${sql.json(changes)}) as outcomes`;
  return row?.outcomes ?? [];
}

/** The functions live as long as the connection, unless the transaction that made them is undone. */
async function defineOnce(sql: TransactionSql): Promise<void> {
  const [known] = await sql<{ there: boolean }[]>`
    select to_regproc('pg_temp.attempt_all') is not null as there`;
  if (!known?.there) await sql.unsafe(source).simple();
}

/** Whether the door was open: a constraint that stops a statement stops it behind the door. */
export function isIn(outcome: Outcome): boolean {
  return outcome.code !== "42501";
}
