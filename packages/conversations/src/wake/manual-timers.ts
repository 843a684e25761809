import type { Timers } from "./timers.ts";

/** Timers that move only when told. */
export interface ManualTimers extends Timers {
  /** Moves the clock and fires what became due, in order; lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** How many timers are set. */
  readonly waiting: number;
}

/** Time moved by hand, starting at `startMs`. */
export function manualTimers(startMs = 0): ManualTimers {
  let nowMs = startMs;
  const timers = new Set<{ dueMs: number; act: () => void }>();
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  return {
    now: () => nowMs,
    after(ms, act) {
      const timer = { dueMs: nowMs + Math.max(0, ms), act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get waiting() {
      return timers.size;
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      while (true) {
        const due = [...timers].filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!due) break;
        timers.delete(due);
        nowMs = Math.max(nowMs, due.dueMs);
        due.act();
        await settle();
      }
      nowMs = endMs;
    },
  };
}
