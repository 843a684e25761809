/** How often callers may call, across isolates: buckets of tokens in Postgres. */
import { TooManyRequests } from "@app/contracts/mod.ts";
import type { Database } from "@app/conversations/mod.ts";
import { z } from "zod";

/** The kinds of buckets that functions take from; how fast each fills is in `private.rate_rules`. */
type RateKind = "open" | "proof" | "refusal";

/** Takes tokens. */
export interface RateLimits {
  /**
   * Takes one token of `who`.
   *
   * @throws {TooManyRequests} When there is none; it says when there will be.
   */
  take(kind: RateKind, who: string): Promise<void>;
}

/** More buckets than this are not remembered as empty; the database still knows. */
const mostRemembered = 10_000;

/** Opens the buckets. One that was empty is not asked for again before it holds a token. */
export function openRateLimits(
  database: Pick<Database, "withRouter">,
  now = () => performance.now(),
): RateLimits {
  const emptyUntil = new Map<string, number>();
  return {
    async take(kind, who) {
      const bucket = `${kind}:${who}`;
      const leftMs = (emptyUntil.get(bucket) ?? 0) - now();
      if (leftMs > 0) throw tooMany(leftMs / 1000);
      emptyUntil.delete(bucket);
      const [row] = await database.withRouter((sql) =>
        sql`select private.take_token(p_bucket => ${bucket}, p_kind => ${kind}) as wait`
      );
      const waitSeconds = z.number().parse(row?.wait);
      if (waitSeconds === 0) return;
      if (emptyUntil.size >= mostRemembered) emptyUntil.clear();
      emptyUntil.set(bucket, now() + waitSeconds * 1000);
      throw tooMany(waitSeconds);
    },
  };
}

function tooMany(waitSeconds: number): TooManyRequests {
  const seconds = Math.max(1, Math.ceil(waitSeconds));
  return new TooManyRequests(`Cannot do this now: too many calls, try again in ${seconds} s`, seconds);
}

/**
 * Where a call comes from, as the platform's edge tells it: https://developers.cloudflare.com/fundamentals/reference/http-headers/.
 * A caller can add to `x-forwarded-for`, but what the last proxy added stands at its end.
 */
export function addressOf(request: Request): string {
  const told = request.headers.get("cf-connecting-ip") ??
    request.headers.get("x-forwarded-for")?.split(",").at(-1) ?? "";
  return told.trim().slice(0, 64) || "unknown";
}
