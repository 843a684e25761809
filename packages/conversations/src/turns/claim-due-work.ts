import { z } from "zod";
import type { Database } from "../ports.ts";

const dueWork = z.object({
  tenant_id: z.uuid(),
  schema_name: z.string(),
  session_id: z.uuid(),
  work: z.enum(["turn", "delivery"]),
  attempts: z.number().int(),
  overdue_ms: z.number(),
});

const claim = z.object({
  lease_token: z.uuid(),
  work: z.array(dueWork),
  has_more: z.boolean(),
  next_due_in_ms: z.number().nullable(),
});

/** A due row that was claimed. */
export type DueWork = z.infer<typeof dueWork>;

/** What a claim brought. */
export interface Claim {
  /** The lease of every row of this claim. */
  leaseToken: string;
  work: DueWork[];
  /** Whether a tenant had at least its share, so that another claim may bring more at once. */
  hasMore: boolean;
  /** When the next row that is not due yet will be, by the database's clock; `null` if there is none. */
  nextDueInMs: number | null;
}

/** Leases up to `limit` due rows, fairly between tenants. */
export async function claimDueWork(database: Database, limit: number, leaseSeconds: number): Promise<Claim> {
  const [row] = await database.withRouter((sql) =>
    sql`select private.claim_due_work(${limit}::integer, ${leaseSeconds}::numeric) as claim`
  );
  const parsed = claim.parse(row?.claim);
  return {
    leaseToken: parsed.lease_token,
    work: parsed.work,
    hasMore: parsed.has_more,
    nextDueInMs: parsed.next_due_in_ms,
  };
}
