import type { Stage } from "./stage.ts";

/**
 * Does what pg_cron does when hosted: calls `process-pending` and `run-jobs` again and again, whoever answers.
 *
 * @param everyMs Between two rounds.
 * @returns Stops it.
 */
export function startSchedule(stage: Stage, everyMs: number): () => void {
  const timer = setInterval(() => {
    for (const name of ["process-pending", "run-jobs"]) {
      fetch(`${stage.functionsUrl}/${name}`, {
        method: "POST",
        headers: { apikey: stage.secretKey, "content-type": "application/json" },
        body: "{}",
        signal: AbortSignal.timeout(5000),
      }).then((response) => response.body?.cancel(), () => {});
    }
  }, everyMs);
  return () => clearInterval(timer);
}
