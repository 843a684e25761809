import type { Sql, TransactionSql } from "postgres";

/** When a member used the app last, who is thereby online, away or offline. */
const lastUsed = { online: "0 minutes", away: "10 minutes", offline: "1 day" };

/** Makes members be online, away or offline as the app would: all, those of a tenant, or one of them. */
export async function appear(
  sql: Sql | TransactionSql,
  availability: keyof typeof lastUsed,
  { tenantId, userId }: { tenantId?: string; userId?: string } = {},
): Promise<void> {
  await sql`
    update public.tenant_members set availability = 'automatic', last_used_at = now() - ${
    lastUsed[availability]
  }::interval
    where tenant_id = coalesce(${tenantId ?? null}, tenant_id) and user_id = coalesce(${
    userId ?? null
  }, user_id)`;
}
