import * as z from "zod/mini";
import type { Backend } from "../../lib/backend.ts";
import { call } from "../../lib/call.ts";

const acceptance = z.object({ tenant_id: z.string() });

/**
 * Joins the tenant of a token; somebody new gets a password first, so that they can come back without a mail.
 *
 * @returns The tenant's id.
 * @throws {AuthError} When the password is refused; {AppError} with the reason when the invitation is.
 */
export async function acceptInvitation(
  backend: Backend,
  { token, name, password }: { token: string; name: string; password: string },
): Promise<string> {
  if (password) {
    const { error } = await (await backend.supabase()).auth.updateUser({ password });
    // A second try after the invitation was refused: the password is set already.
    if (error && error.code !== "same_password") throw error;
  }
  const joined = await call(
    backend,
    "accept_invitation",
    { p_token: token, p_display_name: name },
    acceptance,
  );
  return joined.tenant_id;
}
