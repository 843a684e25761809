import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";
import { replayFailedWebhooks, type ReplayPorts } from "../receive/replay-failed-webhooks.ts";
import { channelJobs } from "./channel-jobs.ts";
import { handBackJobs } from "./hand-back-jobs.ts";
import { defineJob, type Job } from "./job.ts";
import type { RecurringJob } from "./plan-recurring-jobs.ts";

/** What keeps the tables in order, and how often. Leases that ran out need no sweep: claims take them. */
export const recurringSweeps: RecurringJob[] = [
  { name: "replay_failed_webhooks", everySeconds: 15 },
  { name: "hand_back_silent", everySeconds: 60 },
  { name: "sweep_early_statuses", everySeconds: 3_600 },
  { name: "forget_finished_jobs", everySeconds: 3_600 },
];

/** What the sweeps need. */
export interface SweepPorts extends ReplayPorts {
  /** Has due work looked at in time; returns at once. */
  wakeAt(dueAt: Date): void;
}

const nothing = z.object({});
const tenants = z.array(z.object({ id: z.uuid(), schemaName: z.string() }));

/** How many kept deliveries one sweep tries. */
const replaysAtOnce = 100;
/** How long the record of an ended job is kept. */
const keptDays = 7;

/** The jobs behind {@linkcode recurringSweeps}, and those that receiving plans. */
export function sweeps(ports: SweepPorts): Job[] {
  return [
    ...channelJobs(ports),
    ...handBackJobs(ports),
    defineJob("replay_failed_webhooks", nothing, async () => {
      const { nextDueAt } = await replayFailedWebhooks(replaysAtOnce, ports);
      if (nextDueAt) ports.wakeAt(nextDueAt);
    }),
    defineJob("sweep_early_statuses", nothing, async (_payload, { signal }) => {
      for (const tenant of await workingTenants(ports.database)) {
        signal.throwIfAborted();
        await forgetEarlyStatuses(ports.database, tenant);
      }
    }),
    defineJob("forget_finished_jobs", nothing, async () => {
      await ports.database.withRouter((sql) =>
        sql`select private.forget_finished_jobs(${keptDays}::integer)`
      );
    }),
  ];
}

async function workingTenants(database: Database): Promise<Tenant[]> {
  const rows = await database.withRouter((sql) =>
    sql`select t.id, t.schema_name as "schemaName" from public.tenants t
      where t.status in ('active', 'suspended') order by t.id`
  );
  return tenants.parse([...rows]);
}

/** Their messages never became known: not ours, or long gone. */
async function forgetEarlyStatuses(database: Database, tenant: Tenant): Promise<void> {
  await database.withTenant(
    tenant,
    (sql) => sql`delete from early_statuses where received_at < now() - interval '24 hours'`,
  );
}
