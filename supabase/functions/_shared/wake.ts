/** Starts `process-pending` when work becomes due, and `run-jobs` when there are jobs. */
import { createWaker, systemTimers, type Waker } from "@app/conversations/mod.ts";
import { runInBackground } from "./background.ts";
import { type Config, config } from "./config.ts";
import { describeError, log } from "./log.ts";

/** The secret key of scheduled and function-to-function calls; `default` where no own key was made. */
const automationKeyName = "automations";

/** A run answers at once and works afterwards, so a slow answer is a dead host. */
const answerTimeoutMs = 10_000;

/** The functions that work when they are called. */
type Worker = "process-pending" | "run-jobs";

/**
 * Makes the waker of an isolate for one function.
 *
 * @param settings Where the functions are, and the secret key that they ask for.
 */
export function openWaker(settings: Config, worker: Worker, send: typeof fetch = fetch): Waker {
  const url = `${settings.supabaseUrl}/functions/v1/${worker}`;
  const { secretKeys } = settings.secrets;
  const apikey = secretKeys[automationKeyName] ?? secretKeys.default ?? "";
  async function call(): Promise<void> {
    const response = await send(url, {
      method: "POST",
      headers: { apikey },
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok) log("error", "wake_refused", { worker, status: response.status });
  }
  return createWaker({
    call,
    timers: systemTimers,
    onFailure: (error) => log("warn", "wake_failed", { worker, ...describeError(error) }),
  });
}

/** The wakers of this isolate, and what each is kept alive for. */
const wakers = new Map<Worker, { waker: Waker; kept?: Promise<void> }>();

/**
 * Makes sure that due work is looked at when `dueAt` comes. Returns at once and never throws; the isolate stays alive
 * until the run was called. At most one call is in flight, for the earliest time that was asked for.
 */
export function wakeAt(dueAt: Date): void {
  wake("process-pending", dueAt);
}

/** Makes sure that new jobs are run soon, as {@linkcode wakeAt} does for due work. */
export function wakeJobs(): void {
  wake("run-jobs", new Date());
}

function wake(worker: Worker, dueAt: Date): void {
  const own = wakers.get(worker) ?? { waker: openWaker(config(), worker) };
  wakers.set(worker, own);
  const served = own.waker.at(dueAt);
  if (served === own.kept) return;
  own.kept = served;
  runInBackground(served);
}
