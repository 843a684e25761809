import { z } from "zod";
import { readRights } from "./authorization.ts";
import { type Claims, InvalidToken } from "./claims.ts";
import type { Broadcast } from "./frames.ts";
import type { Services } from "./services.ts";

const batch = z.object({
  messages: z.array(z.object({
    topic: z.string().min(1),
    event: z.string().min(1),
    payload: z.unknown().optional(),
    private: z.boolean().default(false),
  })),
});

/**
 * Broadcasts without a socket: `POST …/api/broadcast`, and `POST …/api/broadcast/<topic>/events/<event>`. Answers 202 also
 * when the caller has no right to a private topic, as hosted; then nobody gets it.
 */
export async function broadcastByRest(request: Request, services: Services): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "Only POST");
  try {
    const claims = await identify(request, services);
    const { pathname, searchParams } = new URL(request.url);
    const one = /\/api\/broadcast\/([^/]+)\/events\/([^/]+)$/.exec(pathname);
    if (one) {
      const [topic = "", event = ""] = one.slice(1).map(decodeURIComponent);
      const payload = await readPayload(request);
      if (payload === unsupported) return refuse(415, "Only JSON or application/octet-stream");
      const isPrivate = searchParams.get("private") === "true";
      await send(services, claims, { topic, isPrivate, message: { event, payload } });
    } else {
      const { messages } = batch.parse(await request.json());
      for (const { topic, event, payload, private: isPrivate } of messages) {
        await send(services, claims, { topic, isPrivate, message: { event, payload } });
      }
    }
    return new Response(null, { status: 202 });
  } catch (error) {
    if (error instanceof InvalidToken) return refuse(401, error.message);
    if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof URIError) {
      return refuse(422, "The message has a wrong form");
    }
    throw error;
  }
}

async function identify(request: Request, { identities }: Services): Promise<Claims> {
  const token = request.headers.get("authorization")?.replace(/^Bearer /i, "");
  const credential = token ?? request.headers.get("apikey") ??
    new URL(request.url).searchParams.get("apikey");
  if (!credential) throw new InvalidToken("InvalidJWTToken", "API key is missing");
  return await identities.identify(credential);
}

const unsupported = Symbol("unsupported");

async function readPayload(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/octet-stream")) return new Uint8Array(await request.arrayBuffer());
  return type.includes("json") ? await request.json() : unsupported;
}

async function send(
  { hub, admin }: Services,
  claims: Claims,
  { topic, isPrivate, message }: { topic: string; isPrivate: boolean; message: Broadcast },
): Promise<void> {
  if (isPrivate && !(await readRights(admin, topic, claims)).canBroadcast) return;
  hub.broadcast(topic, isPrivate, message);
}

function refuse(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}
