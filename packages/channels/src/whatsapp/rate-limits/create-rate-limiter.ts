import { type Bucket, emptyBucket, fullBucket, takeToken, waitForToken } from "./token-bucket.ts";
import { defaultPerSecond, numberLimits, pairLimits } from "./whatsapp-limits.ts";

/** Keeps one number of ours within Meta's limits, inside one process. */
export interface RateLimiter {
  /**
   * Takes a token of the number and one of the person, or none.
   *
   * @param recipient The person, by any key that is always the same.
   * @returns 0: send now; else milliseconds after which to ask again.
   */
  take(recipient: string): number;
  /** Nothing goes to this person for a while, as Meta asked (131056). */
  pauseRecipient(recipient: string, pauseMs: number): void;
  /** Nothing goes out of the number for a while, as Meta asked (130429). */
  pauseNumber(pauseMs: number): void;
}

/** What a limiter needs. */
export interface RateLimiterOptions {
  /** Messages a second that Meta allows the number; default: 80. */
  perSecond?: number;
  /** Milliseconds; never goes back. */
  now(): number;
}

/** People that are remembered before full buckets are cleared out. */
const mostRemembered = 10_000;

/** Makes the limiter of one number. Its memory holds only people who were written to of late. */
export function createRateLimiter({ perSecond = defaultPerSecond, now }: RateLimiterOptions): RateLimiter {
  const limits = numberLimits(perSecond);
  const pairs = new Map<string, Bucket>();
  let number = fullBucket;
  let clearAt = mostRemembered;

  function remember(recipient: string, bucket: Bucket, at: number): void {
    pairs.set(recipient, bucket);
    if (pairs.size <= clearAt) return;
    for (const [key, fullAt] of pairs) if (fullAt <= at) pairs.delete(key);
    // Twice what is left: clearing costs the same for each message, however many people there are.
    clearAt = Math.max(mostRemembered, pairs.size * 2);
  }

  return {
    take(recipient) {
      const at = now();
      const pair = pairs.get(recipient) ?? fullBucket;
      const waitMs = Math.max(waitForToken(number, limits, at), waitForToken(pair, pairLimits, at));
      if (waitMs > 0) return waitMs;
      number = takeToken(number, limits, at);
      remember(recipient, takeToken(pair, pairLimits, at), at);
      return 0;
    },
    pauseRecipient(recipient, pauseMs) {
      const at = now();
      remember(recipient, emptyBucket(pairs.get(recipient) ?? fullBucket, pairLimits, at, pauseMs), at);
    },
    pauseNumber(pauseMs) {
      number = emptyBucket(number, limits, now(), pauseMs);
    },
  };
}
