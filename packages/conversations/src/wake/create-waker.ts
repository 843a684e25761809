import type { Timers } from "./timers.ts";

/** Starts a run for work that becomes due, without ever starting two at once. */
export interface Waker {
  /**
   * Asks for a run at `dueAt`, or earlier.
   *
   * @returns Settles when the call that serves this wish has ended; never rejects.
   */
  at(dueAt: Date): Promise<void>;
}

/** What a waker needs. */
export interface WakerOptions {
  /** Starts a run. A failure is only reported: the sweep finds the work a few seconds later. */
  call(): Promise<void>;
  timers: Timers;
  /** Least distance between two calls in milliseconds; see {@linkcode leastGapMs}. */
  gapMs?: number;
  /** Work that is due later than this is left to the sweep, since an isolate may not live so long. */
  horizonMs?: number;
  onFailure?(error: unknown): void;
}

/** Supabase allows 5,000 calls a minute from function to function, about 83 a second; this asks for at most 66. */
export const leastGapMs = 15;

interface Planned {
  dueMs: number;
  cancel(): void;
  ended: Promise<void>;
  end(): void;
}

/**
 * Keeps one timer, for the earliest due time it knows, and at most one call in flight. What is due later is found by
 * the run itself, which asks again.
 */
export function createWaker(options: WakerOptions): Waker {
  const { call, timers, gapMs = leastGapMs, horizonMs = 60_000, onFailure = () => {} } = options;
  let planned: Planned | undefined;
  let isCalling = false;
  let lastCallMs = -Infinity;

  function plan(dueMs: number): Planned {
    const { promise, resolve } = Promise.withResolvers<void>();
    const next = { dueMs, cancel: () => {}, ended: promise, end: resolve };
    planned = next;
    start(next);
    return next;
  }

  function start(next: Planned): void {
    if (isCalling) return;
    const nowMs = timers.now();
    next.cancel();
    next.cancel = timers.after(Math.max(next.dueMs, lastCallMs + gapMs, nowMs) - nowMs, () => fire(next));
  }

  async function fire(served: Planned): Promise<void> {
    planned = undefined;
    isCalling = true;
    lastCallMs = timers.now();
    try {
      await call();
    } catch (error) {
      onFailure(error);
    }
    isCalling = false;
    served.end();
    if (planned) start(planned);
  }

  return {
    at(dueAt) {
      const dueMs = dueAt.getTime();
      if (dueMs - timers.now() > horizonMs) return Promise.resolve();
      if (!planned) return plan(dueMs).ended;
      if (dueMs < planned.dueMs) {
        planned.dueMs = dueMs;
        start(planned);
      }
      return planned.ended;
    },
  };
}
