/** Starts `process-pending` when work becomes due. */
import { createWaker, systemTimers, type Waker } from "@app/conversations/mod.ts";
import { runInBackground } from "./background.ts";
import { type Config, config } from "./config.ts";
import { describeError, log } from "./log.ts";

/** The secret key of scheduled and function-to-function calls; `default` where no own key was made. */
const automationKeyName = "automations";

/** A run answers at once and works afterwards, so a slow answer is a dead host. */
const answerTimeoutMs = 10_000;

/**
 * Makes the waker of an isolate.
 *
 * @param settings Where `process-pending` is, and the secret key that it asks for.
 */
export function openWaker(settings: Config, send: typeof fetch = fetch): Waker {
  const url = `${settings.supabaseUrl}/functions/v1/process-pending`;
  const { secretKeys } = settings.secrets;
  const apikey = secretKeys[automationKeyName] ?? secretKeys.default ?? "";
  async function call(): Promise<void> {
    const response = await send(url, {
      method: "POST",
      headers: { apikey },
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await response.body?.cancel();
    if (!response.ok) log("error", "wake_refused", { status: response.status });
  }
  return createWaker({
    call,
    timers: systemTimers,
    onFailure: (error) => log("warn", "wake_failed", describeError(error)),
  });
}

let waker: Waker | undefined;
let kept: Promise<void> | undefined;

/**
 * Makes sure that due work is looked at when `dueAt` comes. Returns at once and never throws; the isolate stays alive
 * until the run was called. At most one call is in flight, for the earliest time that was asked for.
 */
export function wakeAt(dueAt: Date): void {
  waker ??= openWaker(config());
  const served = waker.at(dueAt);
  if (served === kept) return;
  kept = served;
  runInBackground(served);
}
