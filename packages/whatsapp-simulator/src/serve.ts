import { answerControl } from "./control-routes.ts";
import { answerGraph } from "./graph-routes.ts";
import { answerPhonePage } from "./phone-files.ts";
import { ConnectionReset } from "./play-faults.ts";
import type { Simulation } from "./simulation.ts";

/**
 * Answers whatever comes in: the Graph API, the control API, or the phone page.
 *
 * @throws {ConnectionReset} If a fault wants no answer at all.
 */
export async function answer(simulation: Simulation, request: Request): Promise<Response> {
  const url = new URL(request.url);
  try {
    const graph = await answerGraph(simulation, request, url);
    if (graph) return graph;
    if (url.pathname.startsWith("/_simulator/")) {
      return isForeign(request, url)
        ? Response.json({ error: { message: "origin: not this page" } }, { status: 403 })
        : await answerControl(simulation, request, url);
    }
    return await answerPhonePage(request, url);
  } catch (error) {
    if (error instanceof ConnectionReset) throw error;
    console.error(`Cannot answer ${request.method} ${url.pathname}:`, error);
    return Response.json({ error: { message: "An unknown error occurred", code: 1 } }, { status: 500 });
  }
}

/** Whether a web page of another origin is calling; programs send no `Origin`. */
function isForeign(request: Request, url: URL): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && origin !== url.origin;
}
