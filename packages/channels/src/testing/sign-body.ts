import { encodeBody } from "./deliveries.ts";

/** Signs bytes as Meta does: the value of `X-Hub-Signature-256`. Made with WebCrypto, so that it proves our own HMAC. */
export async function signBody(secret: string, body: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, [
    "sign",
  ]);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
  return `sha256=${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The POST of a delivery, signed. */
export async function signedRequest(url: string | URL, secret: string, body: unknown): Promise<Request> {
  const bytes = encodeBody(body);
  return new Request(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": await signBody(secret, bytes) },
    body: bytes,
  });
}
