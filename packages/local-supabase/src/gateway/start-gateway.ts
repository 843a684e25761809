import { CannotStart } from "../cannot-start.ts";
import { answer, type Routes } from "./gateway.ts";

/** The HTTP server of the project's address. */
export interface Gateway {
  url: string;
  /** Puts the parts behind it in place; before, everything but `/health` is answered 503. */
  open(routes: Routes): void;
  /** From now on everything but `/health` is answered 503 again; requests under way go on. */
  close(): void;
  /** Lets requests finish, 1 s at most. */
  stop(): Promise<void>;
}

/**
 * Takes the port, so that a taken one is known before anything else starts.
 *
 * @throws {CannotStart} When the port is taken.
 */
export function startGateway(port: number): Gateway {
  let routes: Routes | undefined;
  const patience = new AbortController();
  const server = listen(port, patience.signal, (request, info) => answer(request, info, routes));
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    open: (ready) => void (routes = ready),
    close: () => void (routes = undefined),
    async stop() {
      routes = undefined;
      const timer = setTimeout(() => patience.abort(), 1000);
      await server.shutdown();
      clearTimeout(timer);
    },
  };
}

function listen(
  port: number,
  signal: AbortSignal,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, signal, onListen() {} }, handler);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new CannotStart(`Cannot start: port ${port} is taken; stop what uses it, or set API_PORT`, {
      cause,
    });
  }
}
