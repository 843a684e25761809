/** Time as the use cases see it; tests move it by hand. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `act` once after `ms` milliseconds. Returns what cancels it. */
  after(ms: number, act: () => void): () => void;
}

/** The clock and timers of the machine. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, act) {
    const id = setTimeout(act, ms);
    return () => clearTimeout(id);
  },
};
