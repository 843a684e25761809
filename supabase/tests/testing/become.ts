import type { TransactionSql } from "postgres";
import type { StagedTenant } from "./staged-tenant.ts";

/** Who runs a statement. */
export type Actor =
  | "postgres"
  | "anon"
  | "router"
  | "stranger"
  | `${"owner" | "admin" | "agent" | "worker"} of ${"a" | "b"}`;

/** The two tenants of a stage. */
export type Tenants = { a: StagedTenant; b: StagedTenant };

/** Everybody who could come near what is tenant a's. */
export const actors = [
  "anon",
  "stranger",
  "agent of a",
  "admin of a",
  "owner of a",
  "worker of a",
  "agent of b",
  "admin of b",
  "owner of b",
  "worker of b",
  "router",
] as const satisfies readonly Actor[];

/** Those who have nothing to do with tenant a. */
export const outsiders = [
  "anon",
  "stranger",
  "agent of b",
  "admin of b",
  "owner of b",
  "worker of b",
] as const satisfies readonly Actor[];

/** Somebody with a login and no membership anywhere. */
const stranger = "00000000-0000-4000-8000-000000000000";

/** From here to the end of the transaction (or of its savepoint) the statements are this actor's. */
export async function become(
  sql: TransactionSql,
  actor: Actor,
  tenants: Tenants,
): Promise<void> {
  const { role, user } = identify(actor, tenants);
  const claims = user ? JSON.stringify({ sub: user, role }) : "";
  await sql`reset role`;
  await sql`select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true)`;
}

/** The login behind an actor, if it is a person. */
export function userOf(actor: Actor, tenants: Tenants): string | undefined {
  return identify(actor, tenants).user;
}

/** The database role of an actor, and the login if it is a person. */
export function identify(actor: Actor, tenants: Tenants): { role: string; user?: string } {
  if (actor === "postgres" || actor === "anon") return { role: actor };
  if (actor === "router") return { role: "engine_router" };
  if (actor === "stranger") return { role: "authenticated", user: stranger };
  const tenant = actor.endsWith(" of a") ? tenants.a : tenants.b;
  if (actor.startsWith("worker")) return { role: `${tenant.schemaName}_worker` };
  const role = actor.startsWith("owner") ? "owner" : actor.startsWith("admin") ? "admin" : "agent";
  return { role: "authenticated", user: tenant.people[role] };
}
