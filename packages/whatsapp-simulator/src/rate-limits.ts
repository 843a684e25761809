import { GraphError } from "./graph-error.ts";
import type { Settings } from "./settings.ts";

const PAIR_BURST = 45;
const PAIR_REFILL_MS = 6_000;

/** How fast a number may send: in all (80 a second by default at the vendor) and to one person (one in 6 s after 45). */
export class RateLimits {
  readonly #seconds = new Map<string, { second: number; count: number }>();
  readonly #pairs = new Map<string, { tokens: number; at: number }>();

  /**
   * Counts one message.
   *
   * @param now Milliseconds since 1970.
   * @throws {GraphError} 130429 or 131056, HTTP 429.
   */
  count(phoneNumberId: string, customer: string, settings: Settings, now: number): void {
    if (settings.messages_per_second !== null) {
      this.#countSecond(phoneNumberId, settings.messages_per_second, Math.floor(now / 1000));
    }
    if (settings.pair_limit) this.#countPair(`${phoneNumberId}|${customer}`, now);
  }

  #countSecond(phoneNumberId: string, most: number, second: number): void {
    const current = this.#seconds.get(phoneNumberId);
    const count = current?.second === second ? current.count + 1 : 1;
    if (count > most) throw GraphError.of(130429, "Message failed to send because of rate limits.", 429);
    this.#seconds.set(phoneNumberId, { second, count });
  }

  #countPair(pair: string, now: number): void {
    const before = this.#pairs.get(pair) ?? { tokens: PAIR_BURST, at: now };
    const tokens = Math.min(PAIR_BURST, before.tokens + (now - before.at) / PAIR_REFILL_MS);
    if (tokens < 1) {
      throw GraphError.of(131056, "Too many messages sent to the same phone number in a short time.", 429);
    }
    this.#pairs.set(pair, { tokens: tokens - 1, at: now });
  }
}
