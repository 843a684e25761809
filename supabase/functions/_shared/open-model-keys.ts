/** The keys of model providers that serve a tenant: its own, then the deployment's. */
import type { Database, Tenant } from "@app/conversations/mod.ts";
import type { ModelKeys } from "@app/models/mod.ts";
import { z } from "zod";
import { open, type SecretKeys, tenantSecretContext } from "./sealed-secrets.ts";

/** Finds keys. */
export interface TenantModelKeys {
  /**
   * The same object as long as the keys are the same, since circuits are counted by it.
   *
   * @throws {SecretStaysSealed} When a stored key does not open.
   */
  keysFor(tenant: Tenant): Promise<ModelKeys>;
}

/** How long an answer is remembered in an isolate; a key that was set is used within this time. */
const memoryMs = 30_000;

const bytes = z.instanceof(Uint8Array);
const rows = z.array(
  z.object({
    name: z.enum(["openai_api_key", "anthropic_api_key", "gemini_api_key"]),
    version: z.string(),
    keyId: z.string(),
    nonce: bytes,
    ciphertext: bytes,
  }),
);

/** Opens the stored keys of tenants. */
export function openModelKeys(
  database: Pick<Database, "withTenant">,
  secretKeys: SecretKeys,
  deployment: ModelKeys,
  now = () => performance.now(),
): TenantModelKeys {
  const remembered = new Map<string, { at: number; version: string; keys: ModelKeys }>();

  async function read(tenant: Tenant): Promise<ModelKeys> {
    const stored = rows.parse(
      await database.withTenant(
        tenant,
        (sql) =>
          sql`select name, updated_at::text as version, key_id as "keyId", nonce, ciphertext
          from private.tenant_secrets where tenant_id = ${tenant.id}::uuid and name in ('openai_api_key', 'anthropic_api_key', 'gemini_api_key') order by name`,
      ),
    );
    const version = JSON.stringify(stored.map((row) => [row.name, row.version]));
    const before = remembered.get(tenant.id);
    const keys = before?.version === version ? before.keys : merge(tenant, stored);
    remembered.set(tenant.id, { at: now(), version, keys });
    return keys;
  }

  function merge(tenant: Tenant, stored: z.infer<typeof rows>): ModelKeys {
    if (stored.length === 0) return deployment;
    const own = Object.fromEntries(stored.map(({ name, version: _, ...sealed }) => [
      name.replace("_api_key", ""),
      { apiKey: open(sealed, secretKeys, tenantSecretContext(tenant.id, name)) },
    ]));
    return { ...deployment, ...own };
  }

  return {
    async keysFor(tenant) {
      const found = remembered.get(tenant.id);
      return found && now() - found.at <= memoryMs ? found.keys : await read(tenant);
    },
  };
}
