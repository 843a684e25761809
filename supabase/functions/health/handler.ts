/** Whether the database answers, and how much work and how many deliveries wait. */
import { z } from "zod";
import type { Database } from "@app/conversations/mod.ts";
import { holdsSecretKey } from "../_shared/authenticate.ts";
import type { Config } from "../_shared/config.ts";
import { addressOf, type RateLimits } from "../_shared/rate-limits.ts";

const health = z.object({
  /** How long the oldest work that anybody could take has been due. */
  overdue_ms: z.number(),
  due: z.number(),
  /** Work on which three workers have died or given up. */
  stuck_work: z.number(),
  stuck_jobs: z.number(),
  channels: z.number(),
  channels_disabled: z.number(),
  /** Numbers that the provider refuses at the moment. */
  channels_stopped: z.number(),
  failed_webhooks_waiting: z.number(),
  failed_webhooks_dead: z.number(),
});

const problems = z.array(z.object({
  tenant_id: z.string().nullable(),
  config_id: z.string().nullable(),
  problem: z.string(),
  amount: z.number(),
}));

/** Longer than this overdue, and nobody works: a lease and a few sweeps have passed. */
const overdueLimitMs = 120_000;
const mostProblems = 200;

/** What the handler needs. */
export interface Ports {
  database: Database;
  limits: RateLimits;
  settings: Pick<Config, "secrets">;
}

/**
 * 200 with counts as long as the database answers; `status` says `late` or `stuck` when work is not taken up. Nothing of
 * it is about a tenant. Whoever shows a secret key on `apikey` also gets the tenants and channels behind the counts.
 *
 * @throws {TooManyRequests} When one address asks more than ten times a second.
 * @throws {Unavailable} When the database does not answer: 503.
 */
export async function handle(
  request: Request,
  { database, limits, settings }: Ports,
): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  }
  await limits.take("open", `health:${addressOf(request)}`);
  const [row] = await database.withRouter((sql) => sql`select private.read_health() as result`);
  const counts = health.parse(row?.result);
  const body = { status: statusOf(counts), database: "ok", ...counts };
  const details = holdsSecretKey(request, settings) ? { problems: await listProblems(database) } : {};
  return Response.json({ ...body, ...details }, {
    headers: { "cache-control": "no-store" },
  });
}

function statusOf(
  { overdue_ms, stuck_work }: z.infer<typeof health>,
): "ok" | "late" | "stuck" {
  if (overdue_ms > overdueLimitMs) return "late";
  return stuck_work > 0 ? "stuck" : "ok";
}

async function listProblems(
  database: Database,
): Promise<z.infer<typeof problems>> {
  const [row] = await database.withRouter((sql) =>
    sql`select private.list_health_problems(${mostProblems}::integer) as result`
  );
  return problems.parse(row?.result);
}
