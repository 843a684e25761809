import type { Sql } from "postgres";
import {
  channelSecretContext,
  metaAppContext,
  open,
  seal,
  type SecretKeys,
  tenantSecretContext,
} from "../../supabase/functions/_shared/sealed-secrets.ts";

interface SealedRow {
  keyId: string;
  nonce: Uint8Array;
  ciphertext: Uint8Array;
}

/**
 * Seals again, with the current key, every stored secret that an older key of the ring sealed; afterwards the older keys can
 * be taken away. One transaction: broken off, it changes nothing. Functions with both keys in their ring serve meanwhile; the
 * dates that people see stay those of the secrets.
 *
 * @returns How many secrets were sealed again.
 * @throws {SecretStaysSealed} When a secret does not open: its key is missing from the ring, or the row was changed.
 */
export async function resealSecrets(sql: Sql, keys: SecretKeys): Promise<number> {
  return await sql.begin(async (transaction) => {
    let count = 0;
    const again = (row: SealedRow, context: string) => {
      count += 1;
      return seal(open(row, keys, context), keys, context);
    };

    const secrets = await transaction<(SealedRow & { configId: string; name: string })[]>`
      select config_id as "configId", name, key_id as "keyId", nonce, ciphertext from private.channel_secrets
      where key_id <> ${keys.current} for update`;
    for (const row of secrets) {
      const sealed = again(row, channelSecretContext(row.configId, row.name));
      await transaction`
        update private.channel_secrets
        set key_id = ${sealed.keyId}, nonce = ${sealed.nonce}, ciphertext = ${sealed.ciphertext}
        where config_id = ${row.configId} and name = ${row.name}`;
    }

    const own = await transaction<(SealedRow & { tenantId: string; name: string })[]>`
      select tenant_id as "tenantId", name, key_id as "keyId", nonce, ciphertext from private.tenant_secrets
      where key_id <> ${keys.current} for update`;
    for (const row of own) {
      const sealed = again(row, tenantSecretContext(row.tenantId, row.name));
      await transaction`
        update private.tenant_secrets
        set key_id = ${sealed.keyId}, nonce = ${sealed.nonce}, ciphertext = ${sealed.ciphertext}
        where tenant_id = ${row.tenantId} and name = ${row.name}`;
    }

    for (const column of ["secret", "verify_token"] as const) {
      const names = { key: `${column}_key_id`, nonce: `${column}_nonce`, ciphertext: `${column}_ciphertext` };
      const apps = await transaction<(SealedRow & { appId: string })[]>`
        select app_id as "appId", ${transaction(names.key)} as "keyId", ${transaction(names.nonce)} as nonce,
          ${transaction(names.ciphertext)} as ciphertext
        from private.meta_apps where ${transaction(names.key)} <> ${keys.current} for update`;
      for (const row of apps) {
        const sealed = again(row, metaAppContext(row.appId, column));
        await transaction`
          update private.meta_apps
          set ${transaction(names.key)} = ${sealed.keyId}, ${transaction(names.nonce)} = ${sealed.nonce},
            ${transaction(names.ciphertext)} = ${sealed.ciphertext}, updated_at = now()
          where app_id = ${row.appId}`;
      }
    }
    return count;
  });
}
