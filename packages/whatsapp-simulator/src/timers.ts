/** One thing that will be done later. */
export type Timer = ReturnType<typeof setTimeout>;

/** Things that will be done later, which can all be called off together. */
export class Timers {
  readonly #pending = new Set<Timer>();

  /** Does it after so many milliseconds; 0 does it at once and gives no timer. */
  later(milliseconds: number, action: () => void): Timer | undefined {
    if (milliseconds === 0) {
      action();
      return undefined;
    }
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      action();
    }, milliseconds);
    this.#pending.add(timer);
    return timer;
  }

  /** Calls one thing off. */
  cancel(timer: Timer | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#pending.delete(timer);
  }

  /** Calls everything off. */
  cancelAll(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
