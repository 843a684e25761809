/** How many at once, and how many after that. */
export interface BucketLimits {
  /** Tokens of a full bucket: messages that may go at once. */
  burst: number;
  /** Milliseconds in which one token comes back. */
  refillMs: number;
}

/**
 * A token bucket, written as one time: when it will be full again, in milliseconds. Less than now means full, so that a
 * bucket nobody has used needs no row. (The generic cell rate algorithm of ATM Forum TM 4.0, which equals a bucket.)
 */
export type Bucket = number;

/** A bucket that is full. */
export const fullBucket: Bucket = Number.NEGATIVE_INFINITY;

/**
 * How long until a token is there. Pure.
 *
 * @param now Milliseconds, of any clock that the bucket was made with.
 * @returns Milliseconds; 0 if there is one.
 */
export function waitForToken(bucket: Bucket, { burst, refillMs }: BucketLimits, now: number): number {
  return Math.max(0, bucket - (burst - 1) * refillMs - now);
}

/**
 * The bucket without one token. Pure. Taking a token that is not there yet books it: those after it wait longer.
 *
 * @param now Milliseconds; a clock that went back delays, but adds no tokens.
 */
export function takeToken(bucket: Bucket, { refillMs }: BucketLimits, now: number): Bucket {
  return Math.max(bucket, now) + refillMs;
}

/**
 * The bucket after the provider said that it is empty. Pure.
 *
 * @param pauseMs How long nothing goes.
 */
export function emptyBucket(
  bucket: Bucket,
  { burst, refillMs }: BucketLimits,
  now: number,
  pauseMs: number,
): Bucket {
  return Math.max(bucket, now + pauseMs + (burst - 1) * refillMs);
}
