import type { Sql } from "postgres";
import { ensureBucket } from "./bucket.ts";
import { provision } from "./provision.ts";
import type { Command } from "./read-command.ts";
import { findTenant } from "./registry.ts";
import { readKeys, type Target } from "./target.ts";

/** Ends a dry run: what was done in its transaction is undone. */
class DryRun extends Error {
  override name = "DryRun";
}

/**
 * Creates a tenant and tells each step. A dry run does all of it in a transaction and undoes it, so that whatever the
 * database would refuse is refused here.
 */
export async function createTenant(
  command: Command & { verb: "create" },
  sql: Sql,
  target: Target,
): Promise<void> {
  const { tenant, app, machine, isDryRun } = command;
  if (await findTenant(sql, tenant.slug)) {
    throw new Error(`Cannot create tenant "${tenant.slug}": there is one of that slug`);
  }
  const more = {
    keys: readKeys(target),
    ...(app && { app }),
    ...(machine !== undefined && { machine }),
    say: (line: string) => console.log(`  ${line}`),
  };
  if (isDryRun) {
    await sql.begin(async (transaction) => {
      await provision(transaction, tenant, more);
      throw new DryRun();
    }).catch((error) => {
      if (!(error instanceof DryRun)) throw error;
    });
    return console.log(`Tenant "${tenant.slug}" could be created; nothing was changed.`);
  }
  const made = await provision(sql, tenant, more);
  if (target.storage) {
    await ensureBucket(target.storage, tenant.slug);
    console.log("  bucket made");
  }
  console.log(`Tenant "${tenant.slug}" is there: ${made.tenant.id}`);
  for (const { email, password } of made.newLogins) console.log(`  login ${email}  ${password}`);
}
