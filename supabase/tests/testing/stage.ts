import type { Sql, TransactionSql } from "postgres";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { type Actor, become } from "./become.ts";
import { type StagedTenant, stageTenant } from "./staged-tenant.ts";

/** Two tenants with people and a conversation each, in a database of their own. */
export interface Stage {
  database: TestDatabase;
  /** As `postgres`. What it changes stays: for reading, and for what a rolled-back transaction cannot show. */
  sql: Sql;
  a: StagedTenant;
  b: StagedTenant;
  /**
   * Runs statements as an actor in a transaction that is rolled back. The tenant path is that of `tenant`; default: the
   * actor's own, else a's.
   */
  as<T>(actor: Actor, work: (sql: TransactionSql) => Promise<T>, tenant?: "a" | "b"): Promise<T>;
  stop(): Promise<void>;
}

class RolledBack extends Error {}

/** Starts a stage; about 2 s. */
export async function startStage(): Promise<Stage> {
  const database = await startTestDatabase();
  const { sql } = database;
  const a = await stageTenant(sql, "stage_a", "100");
  const b = await stageTenant(sql, "stage_b", "200");
  return {
    database,
    sql,
    a,
    b,
    stop: () => database.stop(),
    async as(actor, work, tenant = actor.endsWith(" of b") ? "b" : "a") {
      const path = `${{ a, b }[tenant].schemaName}, engine, extensions`;
      return await rolledBack(sql, async (transaction) => {
        await transaction`select set_config('search_path', ${path}, true)`;
        await become(transaction, actor, { a, b });
        return await work(transaction);
      });
    },
  };
}

/** Runs statements in a transaction, or a savepoint of one, of which nothing stays. */
export async function rolledBack<T>(
  sql: Sql | TransactionSql,
  work: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  const attempt = async (transaction: TransactionSql) => {
    result = { value: await work(transaction) };
    throw new RolledBack();
  };
  try {
    await ("savepoint" in sql ? sql.savepoint(attempt) : sql.begin(attempt));
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
  if (!result) throw new Error("Cannot return a result: the transaction ended without one");
  return result.value;
}
