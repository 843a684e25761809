import { Unavailable } from "@app/contracts/mod.ts";
import webpush from "web-push";
import type { PushKeys } from "./push-keys.ts";

/** Who sends. */
export interface WebPushOptions {
  keys: PushKeys;
  /** `mailto:` or `https:`: where a push service finds whoever is responsible. */
  subject: string;
  /** Default: the runtime's. */
  fetch?: typeof fetch;
}

/** A browser's subscription. */
interface Target {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** How a notification travels. */
interface Travel {
  /** How long the service keeps it for a device that is off. */
  ttlSeconds: number;
  /** `high` wakes a phone that sleeps. */
  urgency: "low" | "normal" | "high";
  /** A newer one with the same topic takes the place of one that still waits: at most 32 characters of base64url. */
  topic?: string;
}

/** Sends notifications. */
export interface WebPush {
  /**
   * Posts one. The caller has made sure that the endpoint is a push service's.
   *
   * @param text At most about 3,900 bytes.
   * @returns `accepted`; `gone` for a subscription that is no more; otherwise why the service refuses it for good.
   * @throws {Unavailable} When trying again later makes sense.
   */
  send(target: Target, text: string, travel: Travel, signal: AbortSignal): Promise<string>;
}

/** Opens it. Makes no connection yet. */
export function openWebPush({ keys, subject, fetch: send = fetch }: WebPushOptions): WebPush {
  return {
    async send({ endpoint, p256dh, auth }, text, { ttlSeconds, urgency, topic }, signal) {
      const request = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
        vapidDetails: { subject, ...keys },
        contentEncoding: "aes128gcm",
        TTL: ttlSeconds,
        urgency,
        ...(topic !== undefined && { topic }),
      });
      const response = await post(send, request, signal);
      await response.body?.cancel();
      return outcomeOf(response.status, new URL(endpoint).hostname);
    },
  };
}

async function post(
  send: typeof fetch,
  { endpoint, method, headers, body }: webpush.RequestDetails,
  signal: AbortSignal,
): Promise<Response> {
  // The length is the body's; a redirect would lead away from the service that was checked.
  const { "Content-Length": _, ...rest } = headers;
  try {
    return await send(endpoint, {
      method,
      headers: rest as Record<string, string>,
      body: Uint8Array.from(body ?? []),
      redirect: "manual",
      signal,
    });
  } catch (cause) {
    throw new Unavailable(`Cannot notify through "${new URL(endpoint).hostname}": no answer`, { cause });
  }
}

/** https://www.rfc-editor.org/rfc/rfc8030#section-5 and what the services add to it. */
function outcomeOf(status: number, host: string): string {
  if (status >= 200 && status < 300) return "accepted";
  if (status === 404 || status === 410) return "gone";
  if (status === 408 || status === 429 || status >= 500) {
    throw new Unavailable(`Cannot notify through "${host}": it answered ${status}`);
  }
  return `refused_${status}`;
}
