import type { Sql } from "postgres";
import { removeBucket, type StorageAccess } from "./bucket.ts";
import { findTenant } from "./registry.ts";

/**
 * Drops a tenant: suspended first, then its files by the Storage API, then all of it in the database. Broken off anywhere,
 * it is run again and goes on; afterwards nothing is left.
 *
 * @param storage Without it the bucket is left alone: for a database that has no Storage beside it.
 * @returns Whether there was such a tenant.
 */
export async function dropTenant(sql: Sql, slug: string, storage?: StorageAccess): Promise<boolean> {
  const tenant = await findTenant(sql, slug);
  if (!tenant) return false;
  await sql.begin(async (transaction) => {
    const [row] = await transaction<{ status: string }[]>`
      select status from public.tenants where id = ${tenant.id} for update`;
    if (row?.status !== "dropping") await transaction`select private.suspend_tenant(${tenant.id})`;
    await transaction`select private.start_dropping_tenant(${tenant.id})`;
  });
  if (storage) await removeBucket(storage, slug);
  await sql`select private.drop_tenant(${tenant.id})`;
  return true;
}
