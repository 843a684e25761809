/** Keeps how a tenant wants decisions to be made. The engine's own schema says what is sound; it is the only door. */
import { InvalidSettings, parseSettings } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import type { RequestContext } from "../_shared/serve.ts";

const change = z.object({ tenant_id: z.uuid(), settings: z.record(z.string(), z.unknown()) });

/**
 * Answers with the settings as they are used, every default filled in; 422 with every problem if they are not sound.
 *
 * @throws {Forbidden} For agents and strangers.
 */
export async function handle(
  request: Request,
  context: RequestContext,
  ports: MemberPorts,
): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, change, ports);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "change the settings");
  const { claims, tenant, input } = call;
  try {
    const settings = parseSettings(input.settings);
    // What people wrote is stored, not what it comes to: a default that changes changes for them too.
    await ports.database.withMember(
      claims,
      tenant,
      (sql) => sql`select private.store_engine_settings(${tenant.id}::uuid, ${sql.json(input.settings)})`,
    );
    return Response.json({ settings });
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    const { code, message, problems, status } = error;
    return Response.json({ error: { code, message }, problems }, { status });
  }
}
