import process from "node:process";
import type { Sql } from "postgres";
import { InvalidMachine } from "@app/sales-engine/mod.ts";
import { readSecretKeys, type SecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import { ensureBucket } from "./bucket.ts";
import { connect } from "./connection.ts";
import { dropTenant } from "./drop.ts";
import { provision } from "./provision.ts";
import { type Command, readCommand, usage, WrongCommand } from "./read-command.ts";
import { findTenant } from "./registry.ts";
import { resealSecrets } from "./reseal.ts";
import { findTarget, type Target } from "./target.ts";

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
      return await create(command, sql, target);
    case "list":
      return await list(sql);
    case "reseal":
      return console.log(`${await resealSecrets(sql, readKeys(target))} secrets sealed again.`);
    case "drop": {
      const wasThere = await dropTenant(sql, command.slug, target.storage);
      if (!wasThere) throw new Error(`Cannot drop tenant "${command.slug}": there is none of that slug`);
      return console.log(`Tenant "${command.slug}" is gone.`);
    }
    default: {
      const tenant = await findTenant(sql, command.slug);
      if (!tenant) {
        throw new Error(`Cannot ${command.verb} tenant "${command.slug}": there is none of that slug`);
      }
      if (command.verb === "suspend") await sql`select private.suspend_tenant(${tenant.id})`;
      else await sql`select private.resume_tenant(${tenant.id})`;
      console.log(`Tenant "${command.slug}" is ${command.verb === "suspend" ? "suspended" : "active"}.`);
    }
  }
}

async function create(command: Command & { verb: "create" }, sql: Sql, target: Target): Promise<void> {
  const { tenant, app, machine } = command;
  if (await findTenant(sql, tenant.slug)) {
    throw new Error(`Cannot create tenant "${tenant.slug}": there is one of that slug`);
  }
  const keys = readKeys(target);
  const made = await provision(sql, tenant, {
    keys,
    ...(app && { app }),
    ...(machine !== undefined && { machine }),
    say: (line) => console.log(`  ${line}`),
  });
  if (target.storage) {
    await ensureBucket(target.storage, tenant.slug);
    console.log("  bucket made");
  }
  console.log(`Tenant "${tenant.slug}" is there: ${made.tenant.id}`);
  for (const { email, password } of made.newLogins) console.log(`  login ${email}  ${password}`);
}

function readKeys(target: Target): SecretKeys {
  if (!target.secretsKeys) {
    throw new Error("Cannot seal secrets: set SECRETS_KEYS to the deployment's ring of keys");
  }
  return readSecretKeys(target.secretsKeys);
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
