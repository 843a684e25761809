import { authorizedNumber } from "./graph-authorization.ts";
import { listNumbers, readBusinessNumber } from "./graph-number.ts";
import { GraphError } from "./graph-error.ts";
import { answerMediaDescription, downloadMedia, removeMedia, uploadMedia } from "./graph-media.ts";
import { answerTemplates } from "./graph-templates.ts";
import { postMessage } from "./graph-messages.ts";
import { subscribeApp, subscribedApps } from "./graph-subscriptions.ts";
import type { Simulation } from "./simulation.ts";

const PATH = /^\/v\d{1,3}\.\d+\/([^/]+)(?:\/([a-z_]+))?$/;

/**
 * Answers a request of the business as the Graph API does. Any version is taken; only the path after it counts.
 *
 * @returns `undefined` if the path is not one of the Graph API.
 */
export async function answerGraph(
  simulation: Simulation,
  request: Request,
  url: URL,
): Promise<Response | undefined> {
  const path = PATH.exec(url.pathname);
  const media = /^\/_media\/(\d+)$/.exec(url.pathname)?.[1];
  if (!path && !media) return undefined;
  try {
    if (media) return await downloadMedia(simulation, request, url, media);
    return await answer(simulation, request, url, path?.[1] ?? "", path?.[2]);
  } catch (error) {
    if (error instanceof GraphError) return error.toResponse();
    throw error;
  }
}

/** Most requests are sends, so they come first. */
async function answer(
  simulation: Simulation,
  request: Request,
  url: URL,
  id: string,
  edge: string | undefined,
): Promise<Response> {
  const method = request.method;
  if (method === "POST" && edge === "messages") return await postMessage(simulation, request, id);
  if (method === "POST" && edge === "media") return await uploadMedia(simulation, request, id);
  if (method === "POST" && edge === "subscriptions") return await subscribeApp(simulation, request, url, id);
  if (edge === "message_templates") return await answerTemplates(simulation, request, url, id);
  if (edge === "subscribed_apps") return subscribedApps(simulation, request, id);
  if (method === "GET" && edge === "phone_numbers") return listNumbers(simulation, request, id);
  if (edge !== undefined) throw GraphError.unknownObject(method, `${id}/${edge}`);
  if (method === "GET" && simulation.registry.numbers.has(id)) {
    return readBusinessNumber(authorizedNumber(simulation, request, id));
  }
  if (method === "GET") return await answerMediaDescription(simulation, request, url, id);
  if (method === "DELETE") return await removeMedia(simulation, request, id);
  throw GraphError.unknownObject(method, id);
}
