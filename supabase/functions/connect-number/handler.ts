/** Connects a WhatsApp number to a tenant, after the tenant's token has proven control of it. */
import type { ProvenNumber } from "@app/channels/mod.ts";
import { InvalidInput } from "@app/contracts/mod.ts";
import { z } from "zod";
import { type MemberPorts, readMemberCall, requireAdministrator } from "../_shared/member-call.ts";
import type { RateLimits } from "../_shared/rate-limits.ts";
import { channelSecretContext, lastFourOf, seal, type SecretKeys } from "../_shared/sealed-secrets.ts";
import type { RequestContext } from "../_shared/serve.ts";

const digits = z.string().regex(/^\d{1,32}$/, "expected digits");
const connection = z.object({
  tenant_id: z.uuid(),
  /** Meta's id of the number; not the number itself. */
  phone_number_id: digits,
  waba_id: digits,
  /** A token of a system user: https://developers.facebook.com/docs/whatsapp/business-management-api/get-started */
  access_token: z.string().regex(/^[\x21-\x7e]{10,4000}$/, "expected a token without spaces"),
  /** What people call the number; default: the name that customers see. */
  display_name: z.string().trim().min(1).max(200).optional(),
});

/** What the handler needs. */
export interface Ports extends MemberPorts {
  limits: RateLimits;
  keys: SecretKeys;
  /** Asks Meta with the tenant's token; throws in words that can be shown. */
  prove(number: { phoneNumberId: string; wabaId: string; accessToken: string }): Promise<ProvenNumber>;
}

/**
 * Answers with the number's config id and what Meta says about it. Connecting it again replaces the token.
 *
 * @throws {InvalidInput} When the token, the number or the account is wrong, or no Meta app of ours hears the account.
 * @throws {Forbidden} For agents and strangers.
 * @throws {Conflict} When the number is connected to another tenant; it is not said to which.
 * @throws {TooManyRequests} After ten tries of a person in a row.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const call = await readMemberCall(request, connection, ports);
  context.note({ tenant: call.tenant.id });
  requireAdministrator(call, "connect a number");
  await ports.limits.take("proof", call.claims.sub);
  const { claims, tenant, input } = call;
  const proven = await ports.prove({
    phoneNumberId: input.phone_number_id,
    wabaId: input.waba_id,
    accessToken: input.access_token,
  });
  const appId = await findApp(proven.appIds, input.waba_id, ports);
  const displayName = input.display_name ?? proven.verifiedName ?? proven.displayPhoneNumber;
  const configId = await ports.database.withMember(claims, tenant, async (sql) => {
    const [row] = await sql<{ id: string }>`
      select private.connect_number(p_tenant_id => ${tenant.id}::uuid, p_phone_number_id => ${input.phone_number_id},
        p_display_phone_number => ${proven.displayPhoneNumber}, p_display_name => ${displayName},
        p_waba_id => ${input.waba_id}, p_app_id => ${appId},
        p_is_coexistence => ${proven.isCoexistence}) as id`;
    const id = z.uuid().parse(row?.id);
    const sealed = seal(input.access_token, ports.keys, channelSecretContext(id, "access_token"));
    await sql`
      select private.store_channel_token(p_tenant_id => ${tenant.id}::uuid, p_config_id => ${id}::uuid,
        p_key_id => ${sealed.keyId}, p_nonce => ${sealed.nonce}, p_ciphertext => ${sealed.ciphertext},
        p_last_four => ${lastFourOf(input.access_token)})`;
    return id;
  });
  return Response.json({
    config_id: configId,
    display_phone_number: proven.displayPhoneNumber,
    display_name: displayName,
    last_four: lastFourOf(input.access_token),
  });
}

/** Which of the subscribed apps is one of ours: its secret signs the webhooks. */
async function findApp(appIds: string[], wabaId: string, { database }: Ports): Promise<string> {
  const rows = await database.withRouter((sql) =>
    sql<{ id: string }>`
      select a.app_id as id from private.meta_apps a
      where a.app_id in (select n.id from jsonb_array_elements_text(${sql.json(appIds)}) as n (id))
      order by a.created_at limit 1`
  );
  if (rows[0]) return rows[0].id;
  throw new InvalidInput(
    `Cannot connect a number of WhatsApp Business account "${wabaId}": the token is not of a Meta app that this deployment serves`,
  );
}
