import process from "node:process";
import type { Sql } from "postgres";
import { InvalidMachine } from "@app/sales-engine/mod.ts";
import { connect } from "./connection.ts";
import { createTenant } from "./create.ts";
import { describeTenant, printTenant } from "./describe-tenant.ts";
import { dropWithCare } from "./drop-with-care.ts";
import { exportTenant } from "./export-tenant.ts";
import { listPending, migrateTenants } from "./migrate.ts";
import { type Command, readCommand, usage, WrongCommand } from "./read-command.ts";
import { findTenant } from "./registry.ts";
import { resealSecrets } from "./reseal.ts";
import { findTarget, readKeys, type Target } from "./target.ts";

try {
  const command = readCommand(process.argv.slice(2), process.env);
  const target = await findTarget();
  const sql = connect(target.databaseUrl);
  try {
    await run(command, sql, target);
  } finally {
    await sql.end({ timeout: 5 });
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

async function run(command: Command, sql: Sql, target: Target): Promise<void> {
  switch (command.verb) {
    case "create":
      return await createTenant(command, sql, target);
    case "list":
      return await list(sql);
    case "reseal":
      return console.log(`${await resealSecrets(sql, readKeys(target))} secrets sealed again.`);
    case "migrate":
      return await migrate(command, sql);
    case "drop":
      return await dropWithCare(command, sql, target);
    default:
      return await act(command, sql, target);
  }
}

/** Verbs that need a tenant to be there. */
async function act(
  command: Command & { verb: "show" | "export" | "suspend" | "resume" },
  sql: Sql,
  target: Target,
): Promise<void> {
  const { verb, slug } = command;
  const tenant = await findTenant(sql, slug);
  if (!tenant) throw new Error(`Cannot ${verb} tenant "${slug}": there is none of that slug`);
  switch (verb) {
    case "show":
      return console.log(printTenant(await describeTenant(sql, tenant)));
    case "export": {
      const { file } = command;
      const { tables, files } = await exportTenant(sql, tenant, {
        file,
        ...(target.storage && { storage: target.storage }),
        say: (line) => console.log(`  ${line}`),
      });
      return console.log(`Tenant "${slug}" is in ${file}: ${tables.length} tables, ${files.length} files.`);
    }
    case "suspend":
      await sql`select private.suspend_tenant(${tenant.id})`;
      return console.log(`Tenant "${slug}" is suspended.`);
    case "resume":
      await sql`select private.resume_tenant(${tenant.id})`;
      return console.log(`Tenant "${slug}" is active.`);
  }
}

async function migrate({ slug, isDryRun }: Command & { verb: "migrate" }, sql: Sql): Promise<void> {
  if (slug !== undefined && !await findTenant(sql, slug)) {
    throw new Error(`Cannot migrate tenant "${slug}": there is none of that slug`);
  }
  const pending = await listPending(sql, slug);
  if (pending.length === 0) return console.log("No tenant lacks a step.");
  if (isDryRun) {
    for (const tenant of pending) console.log(`  ${tenant.slug}: ${tenant.steps.join(", ")}`);
    return console.log(`${pending.length} tenants lack steps; nothing was changed.`);
  }
  const { migrated, failed } = await migrateTenants(sql, pending, (line) => console.log(`  ${line}`));
  console.log(`${migrated} tenants migrated, ${failed.length} failed.`);
  if (failed.length > 0) throw new Error("Run it again when the cause is mended; what was done stays done");
}

async function list(sql: Sql): Promise<void> {
  const tenants = await sql<{ slug: string; name: string; status: string; numbers: string }[]>`
    select t.slug, t.name, t.status,
      coalesce(string_agg(c.channel_type || ' ' || c.display_name, ', ' order by c.created_at), '') as numbers
    from public.tenants t left join public.client_configs c on c.client_id = t.id
    group by t.id order by t.slug`;
  if (tenants.length === 0) console.log("There are no tenants.");
  for (const tenant of tenants) {
    console.log(`${tenant.slug.padEnd(24)} ${tenant.status.padEnd(12)} ${tenant.name}  ${tenant.numbers}`);
  }
}

/** The sentence for the person at the terminal; a constraint's name reads as one. */
function explain(error: unknown): string {
  if (error instanceof WrongCommand) return `${error.message}\n\n${usage}`;
  if (error instanceof InvalidMachine) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ("constraint_name" in error && typeof error.constraint_name === "string") {
    return `Cannot store the tenant: the rule "${error.constraint_name.replaceAll("_", " ")}" does not hold`;
  }
  return error.message;
}
