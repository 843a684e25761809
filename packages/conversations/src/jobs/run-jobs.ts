import { z } from "zod";
import type { Database } from "../ports.ts";
import type { Timers } from "../wake/timers.ts";
import type { Job } from "./job.ts";

/** What running jobs needs. */
export interface JobPorts {
  database: Database;
  timers: Timers;
  settings: JobSettings;
  /** Tells operations what went wrong; ids, codes and counts only. */
  report(event: string, error: unknown, fields?: Record<string, string | number>): void;
}

/** Limits of jobs, in seconds unless the name says otherwise. */
export interface JobSettings {
  leaseSeconds: number;
  /** After this a try has failed. */
  deadlineSeconds: number;
  /** The first pause after a failed try; each next one is twice as long. */
  backoffSeconds: number;
  /** Jobs that run at a time. */
  maxInFlight: number;
  /** No new job is claimed after this many milliseconds. */
  claimForMs: number;
}

/** The settings of production: the last job that is claimed still ends within the 150 s that an isolate has. */
export const defaultJobSettings: JobSettings = {
  leaseSeconds: 50,
  deadlineSeconds: 90,
  backoffSeconds: 5,
  maxInFlight: 8,
  claimForMs: 45_000,
};

const claimedJobs = z.array(z.object({
  id: z.uuid(),
  tenant_id: z.uuid().nullable(),
  schema_name: z.string().nullable(),
  name: z.string(),
  payload: z.unknown(),
  attempts: z.number(),
  lease_token: z.uuid(),
}));

type ClaimedJob = z.infer<typeof claimedJobs>[number];

/** What a run of jobs did. */
export interface JobsRun {
  done: number;
  failed: number;
}

/**
 * Runs what is due, a few jobs at a time, until nothing is left or the time is over. A job that throws is tried again
 * after growing pauses and is dead after its last try.
 *
 * @throws {Unavailable} When the database can't be reached.
 */
export async function runJobs(jobs: readonly Job[], ports: JobPorts): Promise<JobsRun> {
  const { database, timers, settings } = ports;
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const startedMs = timers.now();
  const result: JobsRun = { done: 0, failed: 0 };
  while (timers.now() - startedMs < settings.claimForMs) {
    const [row] = await database.withRouter((sql) =>
      sql`select private.claim_jobs(${settings.maxInFlight}::integer, ${settings.leaseSeconds}::numeric) as jobs`
    );
    const claimed = claimedJobs.parse(row?.jobs);
    if (claimed.length === 0) break;
    const outcomes = await Promise.all(claimed.map((job) => runOne(byName.get(job.name), job, ports)));
    for (const isDone of outcomes) result[isDone ? "done" : "failed"]++;
  }
  return result;
}

async function runOne(job: Job | undefined, claimed: ClaimedJob, ports: JobPorts): Promise<boolean> {
  const { database, settings, timers } = ports;
  const end = new AbortController();
  const stopRenewing = renew(claimed, ports, () => end.abort(new Error("Cannot go on: the lease was lost")));
  const cancel = timers.after(
    settings.deadlineSeconds * 1000,
    () => end.abort(new Error("Cannot go on: the deadline has passed")),
  );
  let failure: string | null = null;
  try {
    if (!job) throw new UnknownJob(`Cannot run job "${claimed.name}": there is no such job`);
    const { tenant_id: id, schema_name: schemaName } = claimed;
    const tenant = id !== null && schemaName !== null ? { tenant: { id, schemaName } } : {};
    await withinSignal(job.run(claimed.payload, { ...tenant, signal: end.signal }), end.signal);
  } catch (error) {
    failure = error instanceof Error ? error.name : "unknown";
    ports.report("job_failed", error, {
      job_id: claimed.id,
      job: claimed.name,
      attempts: claimed.attempts + 1,
    });
  } finally {
    cancel();
    stopRenewing();
  }
  await database.withRouter((sql) =>
    sql`select private.settle_job(${claimed.id}::uuid, ${claimed.lease_token}::uuid, ${failure},
      ${settings.backoffSeconds}::numeric)`
  );
  return failure === null;
}

/** A name that this version of the product does not know: perhaps the next one does. */
class UnknownJob extends Error {
  override name = "UnknownJob";
}

/** A job may ignore its signal; its run does not. */
async function withinSignal(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Every third of the lease, until stopped. */
function renew({ id, lease_token }: ClaimedJob, ports: JobPorts, onLost: () => void): () => void {
  const { database, settings, timers, report } = ports;
  const everyMs = settings.leaseSeconds * 1000 / 3;
  let isStopped = false;
  let cancel = timers.after(everyMs, once);

  async function once(): Promise<void> {
    try {
      const [row] = await database.withRouter((sql) =>
        sql`select private.renew_jobs(${
          sql.json([{ id, lease_token }])
        }, ${settings.leaseSeconds}::numeric) as ids`
      );
      if (!isStopped && z.array(z.string()).parse(row?.ids).length === 0) onLost();
    } catch (error) {
      report("job_renewal_failed", error, { job_id: id });
    }
    if (!isStopped) cancel = timers.after(everyMs, once);
  }

  return () => {
    isStopped = true;
    cancel();
  };
}
