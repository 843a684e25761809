/** Tells an owner which approved answer a question would get, before a customer asks it. */
import { type Database, type Embedders, findApprovedAnswer } from "@app/conversations/mod.ts";
import { settingsOf } from "@app/sales-engine/mod.ts";
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import type { RequestContext } from "../_shared/serve.ts";

const question = z.object({
  tenant_id: z.uuid(),
  text: z.string().trim().min(1).max(500),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "expected a language such as es or pt-BR"),
});

const stored = z.object({ settings: z.record(z.string(), z.unknown()) });

/** How long the embedder may take. */
const timeoutMs = 10_000;

/** What the handler needs. */
export interface Ports extends MemberPorts {
  database: MemberPorts["database"] & Pick<Database, "withTenant" | "callAsTenant">;
  embedders: Embedders;
}

/**
 * Answers with the nearest answer, its score, whether it would be sent, and which answers contradict each other.
 *
 * @throws {Forbidden} For agents and strangers: asking may cost the tenant money.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, question, ports);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "test an answer");
  const { tenant, input } = call;
  const [row] = await ports.database.withTenant(
    tenant,
    (sql) => sql`select t.settings from public.tenants t where t.id = ${tenant.id}::uuid`,
  );
  const { settings } = stored.parse(row);
  const threshold = settingsOf(settings).settings.thresholds.canonical;
  let isByWordsOnly = false;
  const embedder = await ports.embedders.embedderFor(tenant, settings);
  const { match, contradictedIds } = await findApprovedAnswer(
    tenant,
    input.text,
    input.language,
    threshold,
    { database: ports.database, embedder, report: () => void (isByWordsOnly = true) },
    AbortSignal.timeout(timeoutMs),
  );
  return Response.json({
    match,
    threshold,
    is_sent: match !== null && match.score >= threshold,
    contradicted_ids: contradictedIds,
    is_by_words_only: isByWordsOnly || embedder === null,
  });
}
