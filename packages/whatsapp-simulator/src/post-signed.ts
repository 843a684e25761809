import { createHmac } from "node:crypto";

/** The value of `X-Hub-Signature-256` for these bytes. */
export function signatureOf(bytes: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}`;
}

/** How the product took a POST. */
export interface PostOutcome {
  /** HTTP status; 0: no answer. */
  http: number;
  reason: string;
}

/**
 * Posts a webhook as the platform does. Redirects are not followed, and the body of the answer is ignored.
 *
 * @param signature Value of the header; `undefined` leaves it out.
 */
export async function postSigned(
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  signature: string | undefined,
  timeoutMs: number,
): Promise<PostOutcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        ...(signature !== undefined && { "x-hub-signature-256": signature }),
      },
      body: bytes,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.arrayBuffer();
    return { http: response.status, reason: `answered ${response.status}` };
  } catch (error) {
    return { http: 0, reason: error instanceof Error ? error.message.slice(0, 300) : "no answer" };
  }
}
