import { GraphError } from "./graph-error.ts";
import type { Settings } from "./settings.ts";

/** How fast a number may send: in all (80 a second by default at the vendor) and to one person (one in 6 s after 45). */
export class RateLimits {
  readonly #seconds = new Map<string, { second: number; count: number }>();
  readonly #pairs = new Map<string, { tokens: number; at: number }>();

  /**
   * Counts one message.
   *
   * @param mostPerSecond Of this number; `null`: no limit.
   * @param now Milliseconds since 1970.
   * @throws {GraphError} 130429 or 131056, HTTP 429.
   */
  count(
    phoneNumberId: string,
    customer: string,
    mostPerSecond: number | null,
    settings: Settings,
    now: number,
  ): void {
    if (mostPerSecond !== null) this.#countSecond(phoneNumberId, mostPerSecond, Math.floor(now / 1000));
    if (settings.pair_limit) this.#countPair(`${phoneNumberId}|${customer}`, settings, now);
  }

  #countSecond(phoneNumberId: string, most: number, second: number): void {
    const current = this.#seconds.get(phoneNumberId);
    const count = current?.second === second ? current.count + 1 : 1;
    if (count > most) throw GraphError.of(130429, "Message failed to send because of rate limits.", 429);
    this.#seconds.set(phoneNumberId, { second, count });
  }

  #countPair(pair: string, { pair_burst: burst, pair_refill_ms: refillMs }: Settings, now: number): void {
    const before = this.#pairs.get(pair) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + (now - before.at) / refillMs);
    if (tokens < 1) {
      throw GraphError.of(131056, "Too many messages sent to the same phone number in a short time.", 429);
    }
    this.#pairs.set(pair, { tokens: tokens - 1, at: now });
  }
}
