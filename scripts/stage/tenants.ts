import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";
import {
  channelSecretContext,
  metaAppContext,
  readSecretKeys,
  seal,
} from "../../supabase/functions/_shared/sealed-secrets.ts";

/** The one Meta app of a stage. */
export const app = { id: "4000", secret: "stage-app-secret", verifyToken: "stage-verify-token" };

/** A tenant of a stage and its WhatsApp number. */
export interface StagedTenant {
  id: string;
  schemaName: string;
  configId: string;
  phoneNumberId: string;
  displayPhoneNumber: string;
  accessToken: string;
}

/**
 * Provisions tenants `stage_1` … `stage_n`, each with a number, an access token, the offline model and a published
 * machine.
 *
 * @param sql Logged in as the role that migrations run as.
 * @param debounce In milliseconds.
 */
export async function stageTenants(
  sql: Sql,
  count: number,
  sealingKeys: string,
  debounce: { ms: number; maxMs: number },
): Promise<StagedTenant[]> {
  const keys = readSecretKeys(sealingKeys);
  const secret = seal(app.secret, keys, metaAppContext(app.id, "secret"));
  const token = seal(app.verifyToken, keys, metaAppContext(app.id, "verify_token"));
  await sql`
    insert into private.meta_apps (app_id, name, secret_key_id, secret_nonce, secret_ciphertext,
      verify_token_key_id, verify_token_nonce, verify_token_ciphertext)
    values (${app.id}, 'Stage', ${secret.keyId}, ${secret.nonce}, ${secret.ciphertext},
      ${token.keyId}, ${token.nonce}, ${token.ciphertext})`;
  const machine = JSON.parse(
    await readFile(
      new URL("../../packages/sales-engine/machines/packaging-wholesaler.json", import.meta.url),
      "utf8",
    ),
  );
  const tenants: StagedTenant[] = [];
  for (let number = 1; number <= count; number++) {
    tenants.push(
      await sql.begin(async (transaction) => {
        const settings = { model: { provider: "offline" } };
        const [tenant] = await transaction<{ id: string; schemaName: string }[]>`
        select t.id, t.schema_name as "schemaName" from public.tenants t
        where t.id = private.provision_tenant(${`stage_${number}`}, ${`Stage ${number}`}, 'es', 'UTC', ${
          transaction.json(settings)
        })`;
        if (!tenant) throw new Error(`Cannot stage tenant ${number}: it was not provisioned`);
        const phoneNumberId = String(108_000_000 + number);
        const displayPhoneNumber = String(59_170_000_000 + number);
        const [config] = await transaction<{ id: string }[]>`
        insert into public.client_configs
          (client_id, schema_name, channel_type, channel_id, display_name, debounce_ms, debounce_max_ms, settings)
        values (${tenant.id}, ${tenant.schemaName}, 'whatsapp', ${phoneNumberId}, ${`Stage ${number}`},
          ${debounce.ms}, ${debounce.maxMs},
          ${
          transaction.json({ app_id: app.id, waba_id: "208000000", display_phone_number: displayPhoneNumber })
        })
        returning id`;
        const configId = config?.id ?? "";
        const accessToken = `stage-token-${number}`;
        const sealed = seal(accessToken, keys, channelSecretContext(configId, "access_token"));
        await transaction`
        insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext)
        values (${configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', ${sealed.keyId}, ${sealed.nonce},
          ${sealed.ciphertext})`;
        await transaction`select set_config('search_path', ${`${tenant.schemaName}, extensions`}, true)`;
        await transaction`
        with machine as (insert into state_machines (name, is_active) values ('Sale', true) returning id)
        insert into state_machine_versions (state_machine_id, version, definition, published_at)
        select id, 1, ${transaction.json(machine)}, now() from machine`;
        return { ...tenant, configId, phoneNumberId, displayPhoneNumber, accessToken };
      }),
    );
  }
  return tenants;
}
