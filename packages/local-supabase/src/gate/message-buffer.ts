import { BrokenFraming, tags } from "./wire.ts";

/** More than any statement of ours, less than what would exhaust the machine. */
const largestMessage = 256 * 1024 * 1024;

/** After these a client waits for what it asked for. */
const awaitsAnswer: Set<number> = new Set([
  tags.query,
  tags.sync,
  tags.flush,
  tags.functionCall,
  tags.terminate,
]);

/** Collects what a socket delivers and gives it back in whole messages. Copies each byte a bounded number of times. */
export class MessageBuffer {
  #bytes = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  /** Adds what was read. */
  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  #makeRoom(more: number): void {
    const used = this.#end - this.#start;
    const isEnough = used + more <= this.#bytes.length / 2;
    const into = isEnough ? this.#bytes : new Uint8Array(2 * (used + more));
    into.set(this.#bytes.subarray(this.#start, this.#end));
    [this.#bytes, this.#start, this.#end] = [into, 0, used];
  }

  /** The first message of a connection, which has no tag; `undefined` while it is incomplete. */
  takeStartup(): Uint8Array | undefined {
    const used = this.#end - this.#start;
    if (used < 8) return undefined;
    const length = this.#lengthAt(this.#start, 8);
    return used < length ? undefined : this.#take(length);
  }

  /**
   * The messages up to the one after which an answer is waited for: a query, a sync, a flush, a terminate. `undefined` while
   * that one has not arrived whole: where the network cuts a cycle must not show.
   */
  takeCycle(): Uint8Array | undefined {
    let at = this.#start;
    while (this.#end - at >= 5) {
      const length = 1 + this.#lengthAt(at + 1, 4);
      if (this.#end - at < length) break;
      const tag = this.#bytes[at];
      at += length;
      if (tag !== undefined && awaitsAnswer.has(tag)) return this.#take(at - this.#start);
    }
    return undefined;
  }

  #lengthAt(at: number, least: number): number {
    const length = new DataView(this.#bytes.buffer).getUint32(at);
    if (length < least || length > largestMessage) {
      throw new BrokenFraming(
        `Cannot read a message of ${length} bytes: wanted ${least} to ${largestMessage}`,
      );
    }
    return length;
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.slice(this.#start, this.#start + length);
    this.#start += length;
    if (this.#start === this.#end) this.#start = this.#end = 0;
    return taken;
  }
}
