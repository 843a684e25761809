/** The time that a call had is over. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";

  constructor(timeoutMs: number) {
    super(`Cannot wait longer than ${timeoutMs} ms`);
  }
}

/**
 * Runs something with a signal that aborts when the caller's does or when the time is over.
 *
 * @throws {OutOfTime} When the time is over, whatever the work throws then.
 * @throws The caller's reason when the caller aborts, whatever the work throws then.
 */
export async function withinTime<T>(
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const end = new AbortController();
  const onAbort = () => end.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => end.abort(new OutOfTime(timeoutMs)), timeoutMs);
  try {
    const result = await work(end.signal);
    // Streams of the SDKs end quietly when they are aborted.
    end.signal.throwIfAborted();
    return result;
  } catch (error) {
    end.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    // A stream that was left in the middle would keep its connection.
    end.abort();
    signal.removeEventListener("abort", onAbort);
  }
}
