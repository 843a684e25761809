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
 * @returns Plans what recurs and runs what is due. While it does, a second call only waits for nothing. Never rejects.
 */
export function openJobRunner(
  jobs: readonly Job[],
  recurring: readonly RecurringJob[],
  ports: JobPorts,
): () => Promise<void> {
  let isRunning = false;
  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await planRecurringJobs(ports.database, recurring, ports.timers.now());
      await runJobs(jobs, ports);
    } catch (error) {
      ports.report("jobs_not_run", error);
    } finally {
      isRunning = false;
    }
  };
}
