import type { Pacing } from "../pacing.ts";

/** A clock that tests move: waiting takes no time and moves it. */
export interface PacingByHand extends Pacing {
  /** What was waited for, in order. */
  readonly waits: number[];
  pass(ms: number): void;
}

/** Starts at 0; chance always says one half. */
export function pacingByHand(): PacingByHand {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    pass: (ms) => void (now += ms),
    nowMs: () => now,
    random: () => 0.5,
    wait(ms, signal) {
      signal.throwIfAborted();
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}
