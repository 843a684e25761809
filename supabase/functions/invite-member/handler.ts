/** Invites a person by mail, or sends an invitation again. */
import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { type MemberPorts, readMemberCall } from "../_shared/member-call.ts";
import type { RequestContext } from "../_shared/serve.ts";

const newInvitation = z.object({
  tenant_id: z.uuid(),
  email: z.email().max(320),
  role: z.enum(["owner", "admin", "agent"]),
});
const sentAgain = z.object({ tenant_id: z.uuid(), invitation_id: z.uuid() });

const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.string(),
  status: z.string(),
  expires_at: z.date(),
});

/** What the handler needs. */
export interface Ports extends MemberPorts {
  /** Where people work; its page `/invitation` takes the token of the link. */
  appUrl: string;
  /** Sends a mail with a link that signs the person in and leads to `link`; throws {@linkcode Unavailable}. */
  mail(email: string, link: string): Promise<void>;
}

/**
 * Answers with the invitation when its mail is on the way. The token is in the link alone. When the mail could not be
 * sent the invitation stands, and sending it again mends that.
 *
 * @throws {Forbidden} For who may not invite to that role.
 * @throws {Conflict} For a member, and for an invitation that was accepted or revoked.
 * @throws {TooManyRequests} When the tenant has sent its share of mails.
 * @throws {Unavailable} When Auth sends no mail.
 */
export async function handle(request: Request, context: RequestContext, ports: Ports): Promise<Response> {
  if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
  const { claims, tenant, input } = await readMemberCall(
    request,
    z.union([newInvitation, sentAgain]),
    ports,
  );
  const token = randomBytes(32).toString("base64url");
  const hash = createHash("sha256").update(token).digest("hex");
  const [row] = await ports.database.withMember(claims, tenant, (sql) =>
    "email" in input
      ? sql`
        select id, email, role, status, expires_at from api.invite_member(p_tenant_id => ${tenant.id}::uuid,
          p_email => ${input.email}, p_role => ${input.role}, p_token_hash => ${hash})`
      : sql`
        select id, email, role, status, expires_at from api.resend_invitation(p_tenant_id => ${tenant.id}::uuid,
          p_invitation_id => ${input.invitation_id}::uuid, p_token_hash => ${hash})`);
  const { email, ...made } = invitation.parse(row);
  context.note({ tenant: tenant.id, invitation: made.id });
  const link = new URL("invitation", ports.appUrl.replace(/\/*$/, "/"));
  link.searchParams.set("token", token);
  await ports.mail(email, link.href);
  return Response.json({ ...made, email });
}
