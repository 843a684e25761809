import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";
import { readSecretKeys } from "../../supabase/functions/_shared/sealed-secrets.ts";
import type { MetaApp } from "../tenant/new-tenant.ts";
import { provision } from "../tenant/provision.ts";

/** The one Meta app of a stage. */
export const app: MetaApp = {
  appId: "4000",
  name: "Stage",
  secret: "stage-app-secret",
  verifyToken: "stage-verify-token",
};

/** Settings of a tenant as they are stored. */
export type TenantSettings = Parameters<typeof provision>[1]["settings"];

/** A tenant of a stage and its WhatsApp number. */
export interface StagedTenant {
  id: string;
  schemaName: string;
  name: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
  accessToken: string;
}

/**
 * Provisions tenants `stage_1` … `stage_n`, each with a number, an access token, a model and a published machine.
 *
 * @param sql Logged in as the role that migrations run as.
 * @param options Debounce in milliseconds; settings of the tenants, by default the offline model.
 */
export async function stageTenants(
  sql: Sql,
  count: number,
  sealingKeys: string,
  { debounce, tenantSettings = { model: { provider: "offline" } } }: {
    debounce: { ms: number; maxMs: number };
    tenantSettings?: TenantSettings;
  },
): Promise<StagedTenant[]> {
  const keys = readSecretKeys(sealingKeys);
  const machineFile = new URL(
    "../../packages/sales-engine/machines/packaging-wholesaler.json",
    import.meta.url,
  );
  const machine: unknown = JSON.parse(await readFile(machineFile, "utf8"));
  const tenants: StagedTenant[] = [];
  for (let number = 1; number <= count; number++) {
    const line = {
      phoneNumberId: String(108_000_000 + number),
      displayPhoneNumber: `+${59_170_000_000 + number}`,
      wabaId: "208000000",
      appId: app.appId,
      accessToken: `stage-token-${number}`,
    };
    const wanted = {
      slug: `stage_${number}`,
      name: `Stage ${number}`,
      locale: "es",
      timeZone: "UTC",
      settings: tenantSettings,
      numbers: [line],
      people: [],
    };
    const { tenant } = await provision(sql, wanted, { keys, app, machine });
    tenants.push({ ...line, id: tenant.id, schemaName: tenant.schemaName, name: wanted.name });
  }
  await sql`update public.client_configs set debounce_ms = ${debounce.ms}, debounce_max_ms = ${debounce.maxMs}`;
  return tenants;
}
