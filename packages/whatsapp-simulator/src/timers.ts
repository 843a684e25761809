import type { Clock, Planned } from "./clock.ts";

/** One thing that will be done later. */
export type Timer = Planned;

/** Things that will be done later by the simulator's clock, which can all be called off together. */
export class Timers {
  readonly #pending = new Set<Timer>();

  constructor(private readonly clock: Clock) {}

  /** Does it after so many milliseconds; 0 does it at once and gives no timer. */
  later(milliseconds: number, action: () => void): Timer | undefined {
    if (milliseconds === 0) {
      action();
      return undefined;
    }
    const timer = this.clock.after(milliseconds, () => {
      this.#pending.delete(timer);
      action();
    });
    this.#pending.add(timer);
    return timer;
  }

  /** Calls one thing off. */
  cancel(timer: Timer | undefined): void {
    if (timer === undefined) return;
    this.clock.cancel(timer);
    this.#pending.delete(timer);
  }

  /** Calls everything off. */
  cancelAll(): void {
    for (const timer of this.#pending) this.clock.cancel(timer);
    this.#pending.clear();
  }
}
