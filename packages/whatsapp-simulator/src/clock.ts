/** Something that will be done when its time has come. */
export interface Planned {
  dueAt: number;
  action: () => void;
  timer: ReturnType<typeof setTimeout>;
}

/** The longest wait that the host's timers know, about 24.8 days. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * The simulator's time: the machine's, and as far ahead of it as somebody has moved it. Everything that waits, ages or
 * runs out asks this clock, so that a week of waiting can be played in a moment.
 */
export class Clock {
  #aheadMs = 0;
  readonly #planned = new Set<Planned>();

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }

  /** How far this clock is ahead of the machine's, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs;
  }

  /** Sets the clock that far ahead of the machine's. What has come due meanwhile is done, the oldest first. */
  set aheadMs(milliseconds: number) {
    this.#aheadMs = milliseconds;
    const all = [...this.#planned].sort((one, other) => one.dueAt - other.dueAt);
    for (const planned of all) {
      if (!this.#planned.has(planned)) continue;
      clearTimeout(planned.timer);
      if (planned.dueAt <= this.now()) this.#do(planned);
      else planned.timer = this.#wait(planned.dueAt, () => this.#do(planned));
    }
  }

  /** Does it after so many milliseconds of this clock. */
  after(milliseconds: number, action: () => void): Planned {
    const dueAt = this.now() + milliseconds;
    const planned: Planned = { dueAt, action, timer: this.#wait(dueAt, () => this.#do(planned)) };
    this.#planned.add(planned);
    return planned;
  }

  /** Calls it off. */
  cancel(planned: Planned): void {
    clearTimeout(planned.timer);
    this.#planned.delete(planned);
  }

  #wait(dueAt: number, action: () => void): ReturnType<typeof setTimeout> {
    return setTimeout(action, Math.max(0, Math.min(dueAt - this.now(), LONGEST_WAIT_MS)));
  }

  #do(planned: Planned): void {
    this.#planned.delete(planned);
    planned.action();
  }
}
