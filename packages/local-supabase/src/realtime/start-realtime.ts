import postgres from "postgres";
import { InvalidToken } from "./claims.ts";
import { type Identities } from "./claims.ts";
import { Connection } from "./connection.ts";
import { followMessages } from "./follow-messages.ts";
import { Hub } from "./hub.ts";
import { broadcastByRest } from "./rest-broadcast.ts";
import type { Services } from "./services.ts";
import { forgetOldMessages } from "./stored-messages.ts";

/** The realtime server: what answers below `/realtime/v1`. */
export interface Realtime {
  fetch(request: Request): Promise<Response>;
  /** Closes all sockets. */
  stop(): Promise<void>;
}

/** How the server is set up. */
export interface RealtimeOptions {
  /** Logs in as the superuser: policies are asked in the name of others. */
  adminUrl: string;
  identities: Identities;
  say: (line: string) => void;
}

const hourMs = 3_600_000;

/** Starts the server of Realtime's protocol: broadcast, presence, replay, private topics, messages of the database. */
export async function startRealtime(options: RealtimeOptions): Promise<Realtime> {
  const admin = postgres(options.adminUrl, { max: 2, prepare: false, onnotice: () => {} });
  const services: Services = { hub: new Hub(), identities: options.identities, admin, say: options.say };
  const sockets = new Set<WebSocket>();
  const unfollow = await followMessages(options.adminUrl, admin, {
    onMessage: ({ topic, isPrivate, message }) => services.hub.broadcast(topic, isPrivate, message),
    onError: (error) => options.say(`Realtime missed a message: ${error}`),
  });
  await forgetOldMessages(admin);
  const cleaning = setInterval(
    () => forgetOldMessages(admin).catch((error) => options.say(String(error))),
    hourMs,
  );

  async function connect(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const key = searchParams.get("apikey") ?? request.headers.get("x-api-key") ??
      request.headers.get("apikey");
    if (!key) return Response.json({ error: "API key is missing" }, { status: 401 });
    try {
      const claims = await options.identities.identify(key);
      const { socket, response } = Deno.upgradeWebSocket(request);
      const version = searchParams.get("vsn") === "2.0.0" ? "2.0.0" : "1.0.0";
      new Connection(socket, version, claims, services);
      sockets.add(socket);
      socket.addEventListener("close", () => sockets.delete(socket));
      return response;
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error;
      return Response.json({ error: error.message }, { status: 401 });
    }
  }

  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith("/realtime/v1/api/broadcast")) return await broadcastByRest(request, services);
      const isSocket = pathname === "/realtime/v1/websocket" &&
        request.headers.get("upgrade")?.toLowerCase() === "websocket";
      return isSocket ? await connect(request) : Response.json({ error: "Not found" }, { status: 404 });
    },
    async stop() {
      clearInterval(cleaning);
      for (const socket of sockets) socket.close(1001);
      await unfollow();
      await admin.end({ timeout: 1 });
    },
  };
}
