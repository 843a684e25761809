/** Whether the database answers, and how much work and how many deliveries wait. Tells nothing of any tenant. */
import { z } from "zod";
import type { Database } from "@app/conversations/mod.ts";
import { addressOf, type RateLimits } from "../_shared/rate-limits.ts";

const health = z.object({
  overdue_ms: z.number(),
  failed_webhooks_waiting: z.number(),
  failed_webhooks_dead: z.number(),
});

/** Longer than this overdue, and nobody works: a lease and a few sweeps have passed. */
const overdueLimitMs = 120_000;

/**
 * 200 with counts while work is taken up in time, else 503 with the same counts.
 *
 * @throws {TooManyRequests} When one address asks more than ten times a second.
 * @throws {Unavailable} When the database does not answer.
 */
export async function handle(
  request: Request,
  { database, limits }: { database: Database; limits: RateLimits },
): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  }
  await limits.take("open", `health:${addressOf(request)}`);
  const [row] = await database.withRouter((sql) => sql`select private.read_health() as result`);
  const counts = health.parse(row?.result);
  const isHealthy = counts.overdue_ms <= overdueLimitMs;
  const body = { status: isHealthy ? "ok" : "late", database: "ok", ...counts };
  return Response.json(body, {
    status: isHealthy ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
