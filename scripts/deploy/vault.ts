import type { Sql } from "postgres";

/** What the vault holds of what the schedule reads (migration 20261121000800). */
export interface VaultState {
  projectUrl: string | null;
  hasKey: boolean;
}

/** @returns `null` where the database has no vault, as on a plain PostgreSQL. */
export async function readVault(sql: Sql): Promise<VaultState | null> {
  const [vault] = await sql<{ is_there: boolean }[]>`
    select to_regclass('vault.decrypted_secrets') is not null as is_there`;
  if (!vault?.is_there) return null;
  const rows = await sql<{ name: string; value: string }[]>`
    select name, decrypted_secret as value from vault.decrypted_secrets
    where name in ('project_url', 'automations_key')`;
  return {
    projectUrl: rows.find(({ name }) => name === "project_url")?.value ?? null,
    hasKey: rows.some(({ name }) => name === "automations_key"),
  };
}

/** Stores a secret of the schedule, or replaces it; twice changes nothing. */
export async function saveInVault(sql: Sql, name: "project_url" | "automations_key", value: string) {
  const [found] = await sql<{ id: string; is_same: boolean }[]>`
    select id, decrypted_secret = ${value} as is_same from vault.decrypted_secrets where name = ${name}`;
  if (!found) await sql`select vault.create_secret(${value}, ${name})`;
  else if (!found.is_same) await sql`select vault.update_secret(${found.id}::uuid, ${value})`;
}
