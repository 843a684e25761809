import type { Keys } from "../keys.ts";
import type { Database } from "../open-database.ts";
import type { Settings } from "../settings.ts";

/**
 * What the functions read: the settings of `.env`, and over them what the hosted platform injects.
 *
 * Users' tokens are checked with `JWT_SECRET`, so there is no `SUPABASE_JWKS`.
 */
export function functionsEnvironment(
  { settings, keys, database, apiUrl }: {
    settings: Settings;
    keys: Keys;
    database: Database;
    apiUrl: string;
  },
): Record<string, string> {
  const isPglite = database.kind === "pglite";
  return {
    ...settings.environment,
    SUPABASE_URL: apiUrl,
    SUPABASE_DB_URL: database.url,
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: String(settings.poolSize ?? (isPglite ? 4 : 10)),
    // The gate keeps the names of its clients' statements apart.
    DATABASE_PREPARE: settings.prepare ?? "true",
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: keys.publishable_key }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secret_key, automations: keys.automations_key }),
    JWT_SECRET: keys.jwt_secret,
    SECRETS_KEYS: settings.secretsKeys ?? keys.secrets_keys,
  };
}
