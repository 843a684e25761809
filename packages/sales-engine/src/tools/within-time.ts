import type { Clock } from "../clock.ts";

/** A tool took longer than it may. */
class TooSlow extends Error {
  override readonly name = "TooSlow";
}

/**
 * Runs work with a signal that aborts after a time.
 *
 * @throws What the work throws; the signal's reason if the work listens to it.
 */
export async function withinTime<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const cancel = clock.after?.(ms, () => end.abort(new TooSlow(`Cannot wait longer than ${ms} ms`)));
  try {
    return await work(end.signal);
  } finally {
    cancel?.();
  }
}
