import { Buffer } from "node:buffer";

const roles = ["anon", "authenticated", "service_role"];

/**
 * Whether a request's token names no role but those that the hosted API can become. Lite becomes any role that a signed
 * token names, the superuser too, where PostgREST's own login is a member of these alone. Signatures are checked behind.
 */
export function namesKnownRole(request: Request): boolean {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\./i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (payload === undefined) return true;
  try {
    const { role } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return role === undefined || roles.includes(role);
  } catch {
    return true;
  }
}
