import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Sql } from "postgres";
import { listFunctions } from "./list-functions.ts";
import type { ManagementApi } from "./management-api.ts";
import { type MigrationState, readMigrations } from "./read-migrations.ts";
import type { DeploySettings } from "./read-settings.ts";
import { readVault, type VaultState } from "./vault.ts";

/** The only schema that apps see, for ever; `config.toml` says the same to `supabase start`. */
export const exposedSchema = "api";
/** The secret key that schedules and functions show to each other; it can be rotated by itself. */
export const automationsKey = "automations";

/** What a deploy would do, and what it found. Nothing of it is done yet. */
export interface Plan {
  project: { name: string; region: string; status: string };
  migrations: MigrationState;
  secrets: { name: string; change: "new" | "changed" | "same" }[];
  functions: { name: string; isNew: boolean }[];
  /** Functions that the project has and this checkout has not; they are left alone. */
  strangers: string[];
  /** What the Data API exposes now, if that has to change. */
  exposedNow: string[] | null;
  /** Whether the key of the schedules has to be made. */
  needsAutomationsKey: boolean;
  /** `null`: this database has no vault. */
  vault: VaultState | null;
  /** The present address in mails, if that has to change. */
  siteUrlNow: string | null;
}

/** Asks the project and its database what they have, and compares. Changes nothing. */
export async function makePlan(
  settings: DeploySettings,
  api: ManagementApi,
  sql: Sql,
  root: string,
): Promise<Plan> {
  const project = await api.readProject();
  const [migrations, digests, deployed, schemas, key, vault, siteUrl] = await Promise.all([
    readMigrations(sql, join(root, "supabase/migrations")),
    api.readSecretDigests(),
    api.listFunctions(),
    api.readExposedSchemas(),
    api.findSecretKey(automationsKey),
    readVault(sql),
    settings.siteUrl === undefined ? undefined : api.readSiteUrl(),
  ]);
  const functions = listFunctions(root);
  return {
    project,
    migrations,
    secrets: Object.entries(settings.secrets).map(([name, value]) => ({
      name,
      change: changeOf(digests.get(name), value),
    })),
    functions: functions.map((name) => ({ name, isNew: !deployed.includes(name) })),
    strangers: deployed.filter((name) => !functions.includes(name)),
    exposedNow: schemas.join() === exposedSchema ? null : schemas,
    needsAutomationsKey: key === undefined,
    vault,
    siteUrlNow: siteUrl === undefined || siteUrl === settings.siteUrl ? null : siteUrl,
  };
}

function changeOf(digest: string | undefined, value: string): "new" | "changed" | "same" {
  if (digest === undefined) return "new";
  return digest === createHash("sha256").update(value).digest("hex") ? "same" : "changed";
}
