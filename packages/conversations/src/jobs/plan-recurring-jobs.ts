import type { Database } from "../ports.ts";

/** A job that runs once in every period. */
export interface RecurringJob {
  name: string;
  everySeconds: number;
}

/**
 * Plans the run of the present period of each job. However many schedulers do it, each period has one run; a run whose
 * worker died is taken up by the next one.
 *
 * @param nowMs Milliseconds since 1970; it only names the period.
 */
export async function planRecurringJobs(
  database: Database,
  jobs: readonly RecurringJob[],
  nowMs: number,
): Promise<void> {
  await database.withRouter((sql) =>
    Promise.all(jobs.map(({ name, everySeconds }) => {
      const period = Math.floor(nowMs / 1000 / everySeconds);
      return sql`select private.plan_job(${name}, '{}'::jsonb, ${`${name}:${period}`})`;
    }))
  );
}
