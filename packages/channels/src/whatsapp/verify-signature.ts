import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** The secret of one Meta app; it signs every delivery of that app. */
export interface AppSecret {
  /** Meta's id of the app. */
  appId: string;
  /** The app secret; an empty one never matches. */
  secret: string;
}

const headerShape = /^sha256=([0-9a-f]{64})$/i;

/**
 * Finds the app that signed a delivery. Runs on the bytes as they came: the same JSON written differently has another
 * signature. Uses `node:crypto`, whose synchronous HMAC takes a sixth of WebCrypto's time for a body of this size.
 *
 * @param rawBody The request body, byte for byte.
 * @param header Value of `X-Hub-Signature-256`.
 * @param appSecrets Every app whose deliveries are welcome; a few.
 * @returns The id of the app, or `null` for a missing, malformed or foreign signature.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(
  rawBody: Uint8Array,
  header: string | null,
  appSecrets: readonly AppSecret[],
): string | null {
  const hex = headerShape.exec(header ?? "")?.[1];
  if (hex === undefined) return null;
  const claimed = Buffer.from(hex, "hex");
  // An unset secret is an empty HMAC key, which anybody can sign with.
  const signer = appSecrets.find(({ secret }) => secret !== "" && isSignedWith(secret, rawBody, claimed));
  return signer?.appId ?? null;
}

function isSignedWith(secret: string, rawBody: Uint8Array, claimed: Uint8Array): boolean {
  return timingSafeEqual(createHmac("sha256", secret).update(rawBody).digest(), claimed);
}
