/** One run of jobs at a time in an isolate. */
import {
  type Job,
  type JobPorts,
  planRecurringJobs,
  type RecurringJob,
  runJobs,
} from "@app/conversations/mod.ts";

/**
 * Makes the runner of an isolate.
 *
 * @returns Plans what recurs and runs what is due. A call while it does has it look once more afterwards, since the last
 * look may have been too early for what the call was made for; that call itself returns at once. Never rejects.
 */
export function openJobRunner(
  jobs: readonly Job[],
  recurring: readonly RecurringJob[],
  ports: JobPorts,
): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    try {
      await planRecurringJobs(ports.database, recurring, ports.timers.now());
      while (isWanted) {
        isWanted = false;
        await runJobs(jobs, ports);
      }
    } catch (error) {
      ports.report("jobs_not_run", error);
    } finally {
      isRunning = false;
    }
  };
}
