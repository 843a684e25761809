import type { TransactionSql } from "postgres";
import type { StagedTenant } from "./staged-tenant.ts";

/** Who runs a statement. */
export type Actor =
  | "postgres"
  | "anon"
  | "router"
  | "stranger"
  | `${"owner" | "admin" | "agent" | "worker"} of ${"a" | "b"}`;

/** Somebody with a login and no membership anywhere. */
const stranger = "00000000-0000-4000-8000-000000000000";

/** From here to the end of the transaction (or of its savepoint) the statements are this actor's. */
export async function become(
  sql: TransactionSql,
  actor: Actor,
  tenants: { a: StagedTenant; b: StagedTenant },
): Promise<void> {
  const { role, user } = identify(actor, tenants);
  const claims = user ? JSON.stringify({ sub: user, role }) : "";
  await sql`reset role`;
  await sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`;
}

/** The login behind an actor, if it is a person. */
export function userOf(actor: Actor, tenants: { a: StagedTenant; b: StagedTenant }): string | undefined {
  return identify(actor, tenants).user;
}

function identify(
  actor: Actor,
  tenants: { a: StagedTenant; b: StagedTenant },
): { role: string; user?: string } {
  if (actor === "postgres" || actor === "anon") return { role: actor };
  if (actor === "router") return { role: "engine_router" };
  if (actor === "stranger") return { role: "authenticated", user: stranger };
  const tenant = actor.endsWith(" of a") ? tenants.a : tenants.b;
  if (actor.startsWith("worker")) return { role: `${tenant.schemaName}_worker` };
  const role = actor.startsWith("owner") ? "owner" : actor.startsWith("admin") ? "admin" : "agent";
  return { role: "authenticated", user: tenant.people[role] };
}
