/** Functions that were just deployed may need a moment. */
const tries = 10;
const pauseMs = 3_000;

/**
 * Asks the deployed functions whether they reach their database.
 *
 * @throws {Error} With the last answer, if they do not.
 */
export async function checkHealth(projectUrl: string, send: typeof fetch = fetch, pause = pauseMs) {
  const url = `${projectUrl}/functions/v1/health`;
  let last = "no answer";
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const response = await send(url, { signal: AbortSignal.timeout(10_000) });
      const text = await response.text();
      if (response.ok) return;
      last = `${response.status} ${text.slice(0, 300)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
  }
  throw new Error(`Deployed, but ${url} does not answer as it should: ${last}`);
}
