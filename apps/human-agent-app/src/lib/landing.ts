/**
 * What a link of Auth's mails brought, read before the client of the backend takes it out of the address: its kind, such
 * as `invite` or `magiclink`, or why it is worth nothing, such as `otp_expired`.
 *
 * @see https://supabase.com/docs/guides/auth/sessions/implicit-flow
 */
export const landing: { type: string | null; error: string | null } = readLanding(location.hash);

function readLanding(hash: string) {
  const values = new URLSearchParams(hash.slice(1));
  return { type: values.get("type"), error: values.get("error_code") ?? values.get("error") };
}

/** Where a link that is sent now must lead: an invitation stays one. */
export function returnAddress({ origin, pathname, search }: Location): string {
  return pathname === "/invitation" ? `${origin}${pathname}${search}` : origin;
}
