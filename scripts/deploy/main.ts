/** `npm run deploy [-- --plan | --yes]`: shows what would change in a Supabase project, asks, and does it. */
import process from "node:process";
import { parseArgs } from "node:util";
import { askToConfirm, saysYes } from "../setup/ask-to-confirm.mjs";
import { connect } from "../tenant/connection.ts";
import { applyPlan } from "./apply-plan.ts";
import { checkHealth } from "./check-health.ts";
import { managementApi } from "./management-api.ts";
import { makePlan } from "./plan.ts";
import { printPlan } from "./print-plan.ts";
import { readSettings } from "./read-settings.ts";
import { supabaseCli } from "./supabase-cli.ts";

const usage = `npm run deploy            shows the plan, asks, deploys
npm run deploy -- --plan  shows the plan only
npm run deploy -- --yes   deploys without asking

Settings come from the environment or from .env.production; docs/guides/deploy.md lists them.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = readOptions();
  const settings = readSettings(process.env);
  const api = managementApi({ url: settings.managementUrl, ...settings });
  const sql = connect(settings.databaseUrl);
  try {
    const plan = await makePlan(settings, api, sql, process.cwd());
    console.log(printPlan(plan, settings));
    if (plan.migrations.unknown.length > 0) {
      const versions = plan.migrations.unknown.join(", ");
      throw new Error(`\nCannot deploy: the database has migrations that this checkout lacks: ${versions}`);
    }
    if (options.plan) return;
    const question = `\nDeploy to "${plan.project.name}"? [y/N] `;
    if (!options.yes && !await askToConfirm(question, saysYes, "--yes, or --plan to look only")) {
      return console.log("Nothing was changed.");
    }
    const say = (line: string) => console.log(`  ${line}`);
    await applyPlan(plan, settings, { api, cli: supabaseCli(settings, process.cwd()), sql, say });
    say("health: asking the functions");
    await checkHealth(settings.projectUrl);
    console.log(`Deployed. Meta's webhook address is ${settings.projectUrl}/functions/v1/webhook-whatsapp`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2),
      options: { plan: { type: "boolean" }, yes: { type: "boolean" } },
    });
    return values;
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`, { cause });
  }
}
