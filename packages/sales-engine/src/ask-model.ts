import type { LanguageModel, ModelReply, ModelRequest, ModelSpending } from "./language-model.ts";
import { addSpending } from "./spent-on.ts";
import type { TurnResult } from "./turn-result.ts";

/**
 * Asks the model and waits no longer than the signal allows: a model may ignore it, a turn does not.
 *
 * @throws What the model throws, or the signal's reason.
 */
export async function askModel(
  model: LanguageModel,
  request: ModelRequest,
  signal: AbortSignal,
): Promise<ModelReply> {
  return await withinSignal(() => model.complete(request, signal), signal);
}

/** Starts the work and waits for it, but no longer than the signal allows. Throws what the work throws, or the signal's reason. */
export async function withinSignal<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** What the calls of a turn came to, with one more. The last model's name counts; a call that failed has none. */
export function addUsage(
  usage: TurnResult["model"],
  { model, ...spent }: ModelSpending & { model?: ModelReply["model"] },
): TurnResult["model"] {
  return { name: model ?? usage.name, calls: usage.calls + 1, ...addSpending(usage, spent) };
}
