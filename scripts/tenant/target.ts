import { readFile } from "node:fs/promises";
import process from "node:process";
import { z } from "zod";
import { readSecretKeys, type SecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import type { StorageAccess } from "./bucket.ts";

/** The deployment that a command acts on. */
export interface Target {
  databaseUrl: string;
  /** Absent when this machine does not know the ring of keys; then nothing can be sealed. */
  secretsKeys?: string;
  storage?: StorageAccess;
}

const environment = z.object({
  DATABASE_URL: z.string().min(1).optional(),
  SUPABASE_DB_URL: z.string().min(1).optional(),
  SECRETS_KEYS: z.string().min(1).optional(),
  SUPABASE_URL: z.url().optional(),
  SUPABASE_SECRET_KEY: z.string().min(1).optional(),
});

const platform = z.object({ api_url: z.url(), db_url: z.string(), secret_key: z.string() });
const localKeys = z.object({ secrets_keys: z.string() });

/**
 * Finds the deployment: what the environment names (`SUPABASE_DB_URL` or `DATABASE_URL`, `SECRETS_KEYS`, `SUPABASE_URL`,
 * `SUPABASE_SECRET_KEY`), else the platform that runs on this machine.
 *
 * @throws {Error} When there is neither.
 */
export async function findTarget(root = new URL("../../", import.meta.url)): Promise<Target> {
  const named = environment.parse(process.env);
  const running = await readJson(new URL(".local/status.json", root), platform);
  const keys = await readJson(new URL(".local/keys.json", root), localKeys);
  const databaseUrl = named.SUPABASE_DB_URL ?? running?.db_url ?? named.DATABASE_URL;
  if (!databaseUrl) {
    throw new Error("Cannot find a database: start the platform with `npm start`, or set SUPABASE_DB_URL");
  }
  const isLocal = databaseUrl === running?.db_url;
  const storage = isLocal
    ? { url: running.api_url, secretKey: running.secret_key }
    : named.SUPABASE_URL && named.SUPABASE_SECRET_KEY
    ? { url: named.SUPABASE_URL, secretKey: named.SUPABASE_SECRET_KEY }
    : undefined;
  const secretsKeys = named.SECRETS_KEYS ?? (isLocal ? keys?.secrets_keys : undefined);
  return { databaseUrl, ...(secretsKeys && { secretsKeys }), ...(storage && { storage }) };
}

/** @throws {Error} When the target's ring of keys is not known here. */
export function readKeys(target: Target): SecretKeys {
  if (!target.secretsKeys) {
    throw new Error("Cannot seal secrets: set SECRETS_KEYS to the deployment's ring of keys");
  }
  return readSecretKeys(target.secretsKeys);
}

async function readJson<T>(file: URL, shape: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  return shape.safeParse(JSON.parse(text)).data;
}
