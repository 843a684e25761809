import type { LoadedFunction } from "./load-functions.ts";
import { isCallerKnown } from "./is-caller-known.ts";

const prefix = "/functions/v1/";

/**
 * Serves functions under `/functions/v1/<name>/…`; a function itself sees `/<name>/…`, as hosted.
 *
 * @param port On the loopback address.
 */
export function serveFunctions(functions: Map<string, LoadedFunction>, port: number): Deno.HttpServer {
  return Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const start = request.url.indexOf(prefix, "http://".length);
    if (start < 0) return refuse(404, `Functions are below ${prefix}`);
    const path = request.url.slice(start + prefix.length);
    const name = path.slice(0, path.search(/[/?#]|$/));
    const served = functions.get(name);
    if (!served) return refuse(404, `There is no function "${name}"`);
    if (!served.fetch) return refuse(503, `Function "${name}" could not be loaded; the console says why`);
    if (served.verifyJwt && request.method !== "OPTIONS" && !(await isCallerKnown(request))) {
      return refuse(401, "Invalid JWT");
    }
    return await served.fetch(withUrl(request, `${request.url.slice(0, start)}/${path}`));
  });
}

/** The same request under another address. A copy would cost three times as much as all the rest of serving it. */
function withUrl(request: Request, url: string): Request {
  return Object.defineProperty(request, "url", { value: url });
}

function refuse(status: number, message: string): Response {
  return Response.json({ code: status, message }, { status });
}
