/** Whether a push service believes who sends: VAPID, RFC 8292. */
import { importJWK, jwtVerify } from "jose";

/** RFC 8292 section 2: no token is good for longer. */
const longestSeconds = 24 * 60 * 60;

/**
 * @param origin Of the service, as its subscriptions name it.
 * @param subscribedKey The public key with which the browser subscribed.
 * @returns Why not, or nothing.
 */
export async function doubtOf(
  authorization: string | null,
  origin: string,
  subscribedKey: string,
): Promise<string | undefined> {
  const [, token, key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization ?? "") ?? [];
  if (!token || !key) return "no vapid authorization";
  if (key !== subscribedKey) return "another key than the browser subscribed with";
  try {
    const bytes = Uint8Array.fromBase64(key, { alphabet: "base64url" });
    const half = (from: number) =>
      bytes.slice(from, from + 32).toBase64({ alphabet: "base64url", omitPadding: true });
    const publicKey = await importJWK({ kty: "EC", crv: "P-256", x: half(1), y: half(33) }, "ES256");
    const { payload } = await jwtVerify(token, publicKey, { audience: origin, algorithms: ["ES256"] });
    if (!payload.exp || payload.exp > Date.now() / 1000 + longestSeconds) return "expires too late";
    if (!/^(mailto:|https:)/.test(payload.sub ?? "")) return "names nobody responsible";
  } catch (error) {
    return error instanceof Error ? error.message : "a token that cannot be read";
  }
}
