/** Verifies a machine and makes it live. There is no other door: schema `api` has no function that publishes. */
import { describeExample, type Finding, isPublishable, verifyMachine } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import type { RequestContext } from "../_shared/serve.ts";

const publication = z.object({
  tenant_id: z.uuid(),
  definition: z.record(z.string(), z.unknown()),
  note: z.string().trim().max(500).nullish(),
});

/** A machine of 2,000 states has about this size. */
const bodyLimitBytes = 2_000_000;

const names = z.array(z.object({ name: z.string() }));
const published = z.object({ version: z.number(), published_at: z.date() });

/**
 * Answers with the new version and the warnings, or with 422 and every finding if one of them is an error.
 *
 * @throws {Forbidden} For agents and strangers.
 */
export async function handle(
  request: Request,
  context: RequestContext,
  ports: MemberPorts,
): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, publication, ports, bodyLimitBytes);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "publish a machine");
  const { claims, tenant, input } = call;
  const defined = await ports.database.withMember(claims, tenant, (sql) => sql`select t.name from tools t`);
  const tools = names.parse(defined).map(({ name }) => name);
  const findings = verifyMachine(input.definition, { tools });
  if (!isPublishable(findings)) {
    const errors = findings.filter(({ severity }) => severity === "error").length;
    const message = `Cannot publish a machine of tenant "${tenant.id}": verification found ${errors} errors`;
    return Response.json(
      { error: { code: "machine_has_errors", message }, findings: findings.map(show) },
      { status: 422 },
    );
  }
  const [row] = await ports.database.withMember(claims, tenant, (sql) =>
    sql`
      select * from private.publish_machine(${tenant.id}::uuid, ${sql.json(input.definition)}, ${
      input.note ?? null
    })`);
  return Response.json({ ...published.parse(row), findings: findings.map(show) });
}

function show({ example, ...finding }: Finding) {
  return { ...finding, example: describeExample(example), steps: example };
}
