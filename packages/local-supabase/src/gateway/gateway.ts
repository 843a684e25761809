import { answerPreflight, withCors } from "./cors.ts";

/** Serves one part of the API; sees the whole path. */
export type Route = (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => Promise<Response>;

/** What answers below each prefix. */
export interface Routes {
  [prefix: `/${string}/v1/`]: Route;
}

/** Largest body that is passed on; a file of Storage may have 100 MiB. */
const largestBody = 110 * 1024 * 1024;

/**
 * Answers everything at the address of the project: passes each request to the part that its path names.
 *
 * @param routes Read at each request, so that parts can be put in while the platform starts.
 */
export async function answer(
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  routes: Routes | undefined,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/health") return Response.json({ status: routes ? "ok" : "starting" });
  if (request.method === "OPTIONS") return answerPreflight(request);
  return withCors(await dispatch(request, info, pathname, routes));
}

async function dispatch(
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  pathname: string,
  routes: Routes | undefined,
): Promise<Response> {
  if (!routes) return refuse(503, "The platform is starting");
  if (Number(request.headers.get("content-length") ?? 0) > largestBody) {
    return refuse(413, `A body may have ${largestBody} bytes at most`);
  }
  for (const [prefix, route] of Object.entries(routes)) {
    if (`${pathname}/`.startsWith(prefix)) return await serve(route, request, info);
  }
  return refuse(404, `There is nothing at ${pathname}`);
}

async function serve(
  route: Route,
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
): Promise<Response> {
  try {
    return await route(request, info);
  } catch (error) {
    console.error(`${request.method} ${new URL(request.url).pathname} failed:`, error);
    return refuse(502, "This part of the platform does not answer");
  }
}

/** The answer to whoever is not there any more to read it; 499 is what nginx notes then. */
export function hasGone(): Response {
  return new Response(null, { status: 499 });
}

/** An answer of the gateway itself. */
export function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
