/** Lets one holder through at a time, in the order in which they asked. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits for one's turn.
   *
   * @returns Gives the turn to the next in line; calling it again does nothing.
   */
  async enter(): Promise<() => void> {
    const before = this.#last;
    let leave = () => {};
    this.#last = new Promise((resolve) => leave = resolve);
    await before;
    return leave;
  }
}
