import type { Sql } from "postgres";
import type { ManagementApi } from "./management-api.ts";
import { automationsKey, exposedSchema, type Plan } from "./plan.ts";
import type { DeploySettings } from "./read-settings.ts";
import type { SupabaseCli } from "./supabase-cli.ts";
import { saveInVault } from "./vault.ts";

/** What applying needs. */
export interface DeployPorts {
  api: ManagementApi;
  cli: SupabaseCli;
  sql: Sql;
  /** Receives a line when a step begins. */
  say(line: string): void;
}

/**
 * Does what the plan says, in the order in which nothing that runs is broken: the database first, then what the functions
 * are told, then the functions, then what calls them. Every step may be repeated; a deploy that broke off is run again.
 */
export async function applyPlan(plan: Plan, settings: DeploySettings, ports: DeployPorts): Promise<void> {
  const { api, cli, say } = ports;
  if (plan.migrations.pending.length > 0) {
    say(`migrations: applying ${plan.migrations.pending.length}`);
    await cli.pushMigrations();
  }
  if (plan.exposedNow !== null) {
    say(`data API: exposing ${exposedSchema} only`);
    await api.exposeSchemas([exposedSchema]);
  }
  if (plan.siteUrlNow !== null && settings.siteUrl !== undefined) {
    say(`sign-in: mails lead to ${settings.siteUrl}; nobody signs up uninvited`);
    await api.setAuth(settings.siteUrl);
  }
  const key = await api.findSecretKey(automationsKey) ?? await makeKey(ports);
  const changed = plan.secrets.filter(({ change }) => change !== "same").map(({ name }) => name);
  if (changed.length > 0) {
    say(`secrets: setting ${changed.join(", ")}`);
    await api.setSecrets(Object.fromEntries(changed.map((name) => [name, settings.secrets[name] ?? ""])));
  }
  say(`functions: deploying ${plan.functions.map(({ name }) => name).join(", ")}`);
  await cli.deployFunctions();
  await schedule(key, settings, plan, ports);
}

async function makeKey({ api, say }: DeployPorts): Promise<string> {
  say(`secret key "${automationsKey}": making it`);
  return await api.makeSecretKey(automationsKey);
}

async function schedule(
  key: string,
  settings: DeploySettings,
  plan: Plan,
  { sql, say }: DeployPorts,
): Promise<void> {
  if (plan.vault === null) return say("schedule: this database has no vault; nothing is scheduled");
  await saveInVault(sql, "project_url", settings.projectUrl);
  await saveInVault(sql, "automations_key", key);
  const [row] = await sql<{ is_scheduled: boolean }[]>`select private.ensure_schedule() as is_scheduled`;
  say(
    row?.is_scheduled
      ? "schedule: process-pending every 5 s, run-jobs every 30 s"
      : "schedule: pg_cron or pg_net cannot be had in this database; nothing is scheduled",
  );
}
