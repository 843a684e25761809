import { type BrowserKeys, openMessage } from "./open-message.ts";
import { doubtOf } from "./check-sender.ts";

/** What arrived at a browser. */
export interface ReceivedPush {
  /** The subscription that it was posted to. */
  endpoint: string;
  /** Opened with the browser's own keys. */
  text: string;
  ttlSeconds: number;
  urgency: string;
  topic: string | null;
}

/** A push service on this machine, with browsers that are subscribed to it. It refuses what real ones refuse. */
export interface PushServiceDouble {
  /** `http://127.0.0.1:<port>`. */
  origin: string;
  /** As `private.push_services` names a service. */
  endpoints: string;
  received: ReceivedPush[];
  /** Why something was refused, newest last. */
  refusals: string[];
  /** A browser subscribes, as `PushManager.subscribe()` does. */
  subscribe(applicationServerKey: string): Promise<PushSubscriptionJson>;
  /** A browser leaves: whoever posts to it is told 410. */
  unsubscribe(endpoint: string): void;
  /** Answers the next posts with these instead. */
  answerWith(...statuses: number[]): void;
  stop(): Promise<void>;
}

/** What a browser's subscription looks like. */
interface PushSubscriptionJson {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

interface Browser extends BrowserKeys {
  applicationServerKey: string;
  isGone: boolean;
}

/** RFC 8030 section 7.2: more need not be taken, and FCM and Apple take no more. */
const mostBytes = 4096;
const base64url = { alphabet: "base64url", omitPadding: true } as const;

/**
 * Starts one.
 *
 * @param port Default: a free one. `POST /subscribe` with the key as body and `GET /received` are for tests in other processes.
 */
export function startPushService(port = 0): PushServiceDouble {
  const browsers = new Map<string, Browser>();
  const received: ReceivedPush[] = [];
  const refusals: string[] = [];
  const answers: number[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/subscribe") return Response.json(await double.subscribe(await request.text()));
    if (pathname === "/received") return Response.json(received);
    const answer = answers.shift();
    if (answer !== undefined) return new Response(null, { status: answer });
    const [status, why] = await take(`${double.origin}${pathname}`, request);
    if (why) refusals.push(why);
    return new Response(why ?? null, { status, headers: status === 201 ? { location: request.url } : {} });
  });

  async function take(endpoint: string, request: Request): Promise<[number, string?]> {
    const browser = browsers.get(endpoint);
    if (request.method !== "POST") return [405, "not a POST"];
    if (!browser) return [404, "no such subscription"];
    if (browser.isGone) return [410, "the subscription has ended"];
    const { headers } = request;
    const ttl = headers.get("ttl") ?? "";
    if (!/^\d+$/.test(ttl)) return [400, "no TTL"];
    const doubt = await doubtOf(headers.get("authorization"), double.origin, browser.applicationServerKey);
    if (doubt) return [403, doubt];
    if (headers.get("content-encoding") !== "aes128gcm") return [400, "not encrypted as aes128gcm"];
    const urgency = headers.get("urgency") ?? "normal";
    if (!/^(very-low|low|normal|high)$/.test(urgency)) return [400, "no such urgency"];
    const topic = headers.get("topic");
    if (topic !== null && !/^[\w-]{1,32}$/.test(topic)) return [400, "no such topic"];
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length > mostBytes) return [413, "more than 4096 bytes"];
    try {
      const text = await openMessage(body, browser);
      received.push({ endpoint, text, ttlSeconds: Number(ttl), urgency, topic });
    } catch (error) {
      // A real service cannot look inside; the browser would drop it, and nobody would ever know.
      return [400, `cannot be opened: ${error}`];
    }
    return [201];
  }

  const origin = `http://127.0.0.1:${server.addr.port}`;
  const double: PushServiceDouble = {
    origin,
    endpoints: `^${origin.replaceAll(".", "\\.")}/`,
    received,
    refusals,
    async subscribe(applicationServerKey) {
      const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
        "deriveBits",
      ]);
      const auth = crypto.getRandomValues(new Uint8Array(16));
      const endpoint = `${origin}/push/${crypto.randomUUID()}`;
      browsers.set(endpoint, { pair, auth, applicationServerKey, isGone: false });
      const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
      return { endpoint, keys: { p256dh: point.toBase64(base64url), auth: auth.toBase64(base64url) } };
    },
    unsubscribe(endpoint) {
      const browser = browsers.get(endpoint);
      if (browser) browser.isGone = true;
    },
    answerWith: (...statuses) => void answers.push(...statuses),
    stop: () => server.shutdown(),
  };
  return double;
}
