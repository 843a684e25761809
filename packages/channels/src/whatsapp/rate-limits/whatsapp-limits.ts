import type { BucketLimits } from "./token-bucket.ts";

/** Messages a second of a number, by default. @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput */
export const defaultPerSecond = 80;

/** Messages a second of a number that the owner also uses in the phone app; Meta raises it for nobody. */
export const coexistencePerSecond = 20;

/**
 * The bucket of a number: never more than `perSecond` in any second, whenever it starts.
 *
 * A tenth may go at once, so that a timer that fires late loses nothing, and the rest is refilled: both together are the
 * limit. In the long run a tenth stays free, which Meta's count of what customers write needs too.
 *
 * @param perSecond What Meta allows; at least 2.
 */
export function numberLimits(perSecond: number): BucketLimits {
  const burst = Math.ceil(perSecond / 10);
  return { burst, refillMs: 1000 / (perSecond - burst) };
}

/**
 * The bucket of a number and one person: Meta allows one message in 6 s, and a burst of 45 that is paid back. Ten at once
 * are as many as a person reads.
 *
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits
 */
export const pairLimits: BucketLimits = { burst: 10, refillMs: 6_000 };
