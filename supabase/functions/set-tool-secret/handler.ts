/** Keeps the value of a secret header of a tool. What is set here is never shown again. */
import { NotFound } from "@app/contracts/mod.ts";
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import { lastFourOf, seal, type SecretKeys, tenantSecretContext } from "../_shared/sealed-secrets.ts";
import type { RequestContext } from "../_shared/serve.ts";

const toolSecret = z.object({
  tenant_id: z.uuid(),
  tool: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, "expected the name of a tool"),
  header: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, "expected the lowercase name of a header"),
  value: z.string().regex(/^[\x20-\x7e]{1,2000}$/, "expected one line of plain characters"),
});

/** What the handler needs. */
export interface Ports extends MemberPorts {
  keys: SecretKeys;
}

/**
 * Answers with the last four characters. The next call of the tool sends the value.
 *
 * @throws {InvalidInput} For what cannot be a header; it is not repeated.
 * @throws {NotFound} If the tenant has no tool with that secret header.
 * @throws {Forbidden} For agents and strangers.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, toolSecret, ports);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "change a secret");
  const { claims, tenant, input } = call;
  const name = `tool/${input.tool}/${input.header}`;
  const sealed = seal(input.value, ports.keys, tenantSecretContext(tenant.id, name));
  const stored = await ports.database.withMember(claims, tenant, (sql) =>
    sql`
      select private.store_tenant_secret(p_tenant_id => ${tenant.id}::uuid, p_name => ${name},
        p_key_id => ${sealed.keyId}, p_nonce => ${sealed.nonce}, p_ciphertext => ${sealed.ciphertext},
        p_last_four => ${lastFourOf(input.value)})
      from tools t where t.name = ${input.tool} and t.secret_headers @> array[${input.header}::text]`);
  if (stored.length === 0) {
    throw new NotFound(
      `Cannot keep a secret of tool "${input.tool}": it has no secret header "${input.header}"`,
    );
  }
  return Response.json({ name, last_four: lastFourOf(input.value) });
}
