import { Unavailable } from "@app/contracts/mod.ts";
import { askGraph, graphRefusal } from "../ask-graph.ts";
import { type GraphConnection, graphId, requestGraph } from "../graph-request.ts";
import { graphFailure } from "../read-send-reply.ts";

/** The token is not valid, or may not, or the account is gone: no later try will say anything else. */
const finalCodes = [0, 3, 10, 33, 100, 102, 190];

/**
 * Ends the webhooks of an account for the token's app.
 *
 * @returns Whether Graph did it; `false`: this token can't, and never will.
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps/
 * @throws {Unavailable} When Graph does not answer, or not as it should; later it may.
 */
export async function leaveAccount(
  connection: GraphConnection,
  wabaId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const action = `leave account "${wabaId}"`;
  const path = `${graphId(wabaId)}/subscribed_apps`;
  const reply = await askGraph(action, () => requestGraph(connection, path, signal, undefined, "DELETE"));
  if (reply.status === 200) return true;
  const failure = graphFailure.safeParse(reply.body);
  const code = failure.success ? failure.data.error.code : undefined;
  if (code !== undefined && (finalCodes.includes(code) || (code >= 200 && code <= 299))) return false;
  throw new Unavailable(graphRefusal(action, reply).message);
}
