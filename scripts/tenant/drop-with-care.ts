import type { Sql } from "postgres";
import { askToConfirm } from "../setup/ask-to-confirm.mjs";
import { describeTenant, printTenant } from "./describe-tenant.ts";
import { dropTenant } from "./drop.ts";
import type { Command } from "./read-command.ts";
import { findTenant } from "./registry.ts";
import type { Target } from "./target.ts";

/**
 * Shows what would be lost, has a person type the slug unless `--yes` was said, and drops.
 *
 * @throws {Error} When there is no such tenant, or nobody to ask.
 */
export async function dropWithCare(command: Command & { verb: "drop" }, sql: Sql, target: Target) {
  const { slug } = command;
  const tenant = await findTenant(sql, slug);
  if (!tenant) throw new Error(`Cannot drop tenant "${slug}": there is none of that slug`);
  console.log(printTenant(await describeTenant(sql, tenant)));
  console.log("Dropping deletes all of this and the tenant's files. Logins stay: they may act for others.");
  if (!target.storage) console.log("Files are left alone: SUPABASE_URL and SUPABASE_SECRET_KEY are not set.");
  if (command.isDryRun) return console.log("Nothing was changed.");
  if (!command.isConfirmed && !await isTyped(slug)) return console.log("Nothing was changed.");
  await dropTenant(sql, slug, target.storage);
  console.log(`Tenant "${slug}" is gone.`);
}

function isTyped(slug: string): Promise<boolean> {
  const question = "This cannot be undone. Type the slug to go on: ";
  return askToConfirm(question, (answer) => answer === slug, "--yes to drop, --dry-run to look");
}
