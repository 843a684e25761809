/** Keeps a tenant's own key of a model provider. What is set here is never shown again. */
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import { lastFourOf, seal, type SecretKeys, tenantSecretContext } from "../_shared/sealed-secrets.ts";
import type { RequestContext } from "../_shared/serve.ts";

const modelKey = z.object({
  tenant_id: z.uuid(),
  provider: z.enum(["openai", "anthropic", "gemini"]),
  api_key: z.string().regex(/^[\x21-\x7e]{16,400}$/, "expected a key without spaces"),
});

/** What the handler needs. */
export interface Ports extends MemberPorts {
  keys: SecretKeys;
}

/**
 * Answers with the last four characters. Turns use the key within half a minute.
 *
 * @throws {InvalidInput} For what cannot be a key; it is not repeated.
 * @throws {Forbidden} For agents and strangers.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, modelKey, ports);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "change a secret");
  const { claims, tenant, input } = call;
  const name = `${input.provider}_api_key`;
  const sealed = seal(input.api_key, ports.keys, tenantSecretContext(tenant.id, name));
  await ports.database.withMember(claims, tenant, (sql) =>
    sql`
      select private.store_tenant_secret(p_tenant_id => ${tenant.id}::uuid, p_name => ${name},
        p_key_id => ${sealed.keyId}, p_nonce => ${sealed.nonce}, p_ciphertext => ${sealed.ciphertext},
        p_last_four => ${lastFourOf(input.api_key)})`);
  return Response.json({ name, last_four: lastFourOf(input.api_key) });
}
