import { randomBytes } from "node:crypto";
import type { App } from "./registry.ts";

/** What came of a verification call. */
export interface Verification {
  is_verified: boolean;
  /** HTTP status of the answer; 0 if none came. */
  http: number;
  reason: string;
}

/** Makes the call by which the platform proves a webhook address: 200 and the challenge, word for word. */
export async function verifyWebhook(app: App): Promise<Verification> {
  const challenge = randomBytes(8).readBigUInt64BE().toString();
  const url = new URL(app.webhook_url);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.challenge", challenge);
  url.searchParams.set("hub.verify_token", app.verify_token);
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    const body = await response.text();
    const isVerified = response.status === 200 && body === challenge;
    const reason = isVerified ? "the challenge came back" : `answered ${response.status}, not the challenge`;
    return { is_verified: isVerified, http: response.status, reason };
  } catch (error) {
    return { is_verified: false, http: 0, reason: error instanceof Error ? error.message : "no answer" };
  }
}
