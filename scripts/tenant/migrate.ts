import type { Sql } from "postgres";

/** A tenant that lacks steps. */
export interface PendingTenant {
  id: string;
  slug: string;
  /** Names of the steps, in order. */
  steps: string[];
}

/** What a run came to. */
export interface MigrationRun {
  migrated: number;
  failed: { slug: string; message: string }[];
}

/** Tenants with steps that they have not gone through, by slug. */
export async function listPending(sql: Sql, slug?: string): Promise<PendingTenant[]> {
  return await sql<PendingTenant[]>`
    select t.id, t.slug, array_agg(s.name order by s.version) as steps
    from public.tenants t join private.tenant_steps s on not exists (
      select from private.tenant_step_ledger l where l.tenant_id = t.id and l.version = s.version
    )
    where t.status <> 'dropping' and (${slug ?? null}::text is null or t.slug = ${slug ?? null})
    group by t.id order by t.slug`;
}

/**
 * Brings tenants up to date, each in a transaction of its own, so that one that fails stops no other. Killed anywhere, it
 * is run again and goes on where it was; two runs at once wait for each other tenant by tenant.
 */
export async function migrateTenants(
  sql: Sql,
  pending: PendingTenant[],
  say: (line: string) => void = () => {},
): Promise<MigrationRun> {
  const run: MigrationRun = { migrated: 0, failed: [] };
  for (const [place, { id, slug }] of pending.entries()) {
    try {
      const [row] = await sql<{ applied: number }[]>`select private.migrate_tenant(${id}) as applied`;
      run.migrated += 1;
      say(`${place + 1} of ${pending.length}: ${slug}, ${row?.applied ?? 0} steps`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      run.failed.push({ slug, message });
      say(`${place + 1} of ${pending.length}: ${slug} FAILED, as it was before: ${message}`);
    }
  }
  return run;
}
