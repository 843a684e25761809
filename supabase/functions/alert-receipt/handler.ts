/** Keeps that a device showed a notification, or that its person tapped it. */
import { InvalidInput } from "@app/contracts/mod.ts";
import type { Database } from "@app/conversations/mod.ts";
import { z } from "zod";
import { addressOf, type RateLimits } from "../_shared/rate-limits.ts";
import { readBody } from "../_shared/serve-body.ts";

/** What the handler needs. */
export interface Ports {
  database: Database;
  limits: RateLimits;
}

const receipt = z.object({
  tenant_id: z.uuid(),
  /** Was in the notification, which only its device can open. */
  token: z.uuid(),
  event: z.enum(["delivered", "opened"]),
});
const tenantRow = z.object({ id: z.uuid(), schemaName: z.string() });

const bodyLimitBytes = 1_000;

/**
 * Answers 204, whether there is such a notification or not. A service worker has no login: the token is what it shows.
 *
 * @throws {InvalidInput} For anything that is no receipt.
 * @throws {TooManyRequests} When one address sends too many.
 */
export async function handle(request: Request, { database, limits }: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  await limits.take("open", `alert-receipt:${addressOf(request)}`);
  const { tenant_id, token, event } = await readReceipt(request);
  const [row] = await database.withRouter((sql) =>
    sql`select t.id, t.schema_name as "schemaName" from public.tenants t where t.id = ${tenant_id}::uuid
      and t.status <> 'provisioning'`
  );
  if (row) {
    const tenant = tenantRow.parse(row);
    await database.callAsTenant(tenant, (call) => call`engine.keep_receipt(${token}::uuid, ${event}::text)`);
  }
  return new Response(null, { status: 204 });
}

async function readReceipt(request: Request) {
  const text = new TextDecoder().decode(await readBody(request, bodyLimitBytes));
  try {
    return receipt.parse(JSON.parse(text));
  } catch (cause) {
    throw new InvalidInput("Cannot keep the receipt: it is none", { cause });
  }
}
