import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { startTestDatabase, type TestDatabase } from "@app/local-supabase/testing.ts";
import { type StagedTenant, stageTenant } from "./staged-tenant.ts";

/** Who runs a statement. */
export type Actor =
  | "postgres"
  | "anon"
  | "router"
  | "stranger"
  | `${"owner" | "admin" | "agent" | "worker"} of ${"a" | "b"}`;

/** Two tenants with people and a conversation each, in a database of their own. */
export interface Stage {
  database: TestDatabase;
  /** As `postgres`. What it changes stays: for reading, and for what a rolled-back transaction cannot show. */
  sql: Sql;
  a: StagedTenant;
  b: StagedTenant;
  /**
   * Runs statements as an actor in the tenant path of `tenant` (default: the actor's own, else a's), in a transaction that is
   * rolled back.
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
  const stranger = randomUUID();
  const tenants = { a, b };

  async function as<T>(
    actor: Actor,
    work: (sql: TransactionSql) => Promise<T>,
    where?: "a" | "b",
  ): Promise<T> {
    const own = actor.endsWith(" of b") ? "b" : "a";
    const path = tenants[where ?? own].schemaName;
    let result: { value: T } | undefined;
    try {
      await sql.begin(async (transaction) => {
        const { role, user } = become(actor, tenants[own], stranger);
        await transaction`
          select set_config('role', ${role}, true), set_config('search_path', ${path} || ', engine, extensions', true),
            set_config('request.jwt.claims', ${user ? JSON.stringify({ sub: user, role }) : ""}, true)`;
        result = { value: await work(transaction) };
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    if (!result) throw new Error("Cannot return a result: the transaction ended without one");
    return result.value;
  }

  return { database, sql, a, b, as, stop: () => database.stop() };
}

function become(actor: Actor, own: StagedTenant, stranger: string): { role: string; user?: string } {
  switch (actor) {
    case "postgres":
      return { role: "postgres" };
    case "anon":
      return { role: "anon" };
    case "router":
      return { role: "engine_router" };
    case "stranger":
      return { role: "authenticated", user: stranger };
    case "worker of a":
    case "worker of b":
      return { role: `${own.schemaName}_worker` };
    default:
      return {
        role: "authenticated",
        user: own.people[actor.startsWith("owner") ? "owner" : actor.startsWith("admin") ? "admin" : "agent"],
      };
  }
}
