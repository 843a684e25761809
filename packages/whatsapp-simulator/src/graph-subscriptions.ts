import { z } from "zod";
import { genuineToken } from "./graph-authorization.ts";
import { GraphError } from "./graph-error.ts";
import type { App } from "./registry.ts";
import type { Simulation } from "./simulation.ts";
import { verifyWebhook } from "./verify-webhook.ts";

const subscription = z.object({
  object: z.literal("whatsapp_business_account"),
  callback_url: z.url({ protocol: /^https?$/ }),
  verify_token: z.string().min(1),
});

/**
 * `POST /{version}/{app_id}/subscriptions`: changes where webhooks go, if the new address answers the challenge.
 * Parameters come in the query or as JSON; the token is `<app_id>|<app_secret>`.
 *
 * @throws {GraphError} 190 for a wrong token, 100 for a wrong parameter, 2200 if the address does not verify.
 */
export async function subscribeApp(
  { registry }: Simulation,
  request: Request,
  url: URL,
  appId: string,
): Promise<Response> {
  const app = registry.apps.get(appId);
  const token = url.searchParams.get("access_token") ??
    request.headers.get("authorization")?.replace(/^Bearer /, "");
  if (!app || token !== `${app.app_id}|${app.app_secret}`) {
    throw GraphError.token("Invalid OAuth access token - Cannot parse access token");
  }
  const given = request.headers.get("content-type")?.startsWith("application/json")
    ? await request.json()
    : {};
  const parsed = subscription.safeParse({ ...Object.fromEntries(url.searchParams), ...given });
  if (!parsed.success) {
    throw GraphError.parameter(`The parameter ${parsed.error.issues[0]?.path.join(".")} is required.`);
  }
  const changed: App = {
    ...app,
    webhook_url: parsed.data.callback_url,
    verify_token: parsed.data.verify_token,
  };
  const verified = await verifyWebhook(changed);
  if (!verified.is_verified) {
    throw GraphError.of(2200, `Callback verification failed: ${verified.reason}`);
  }
  await registry.register({ apps: [changed], numbers: [] });
  return Response.json({ success: true });
}

/**
 * `/{version}/{waba_id}/subscribed_apps`: every account is subscribed to the app of its numbers from the start; DELETE ends
 * it, POST begins it again.
 */
export function subscribedApps(simulation: Simulation, request: Request, wabaId: string): Response {
  const token = genuineToken(simulation, request);
  const number = [...simulation.registry.numbers.values()].find((each) =>
    each.waba_id === wabaId && each.access_token === token
  );
  if (!number) throw GraphError.unknownObject(request.method, wabaId);
  const { left } = simulation.registry;
  if (request.method === "DELETE") left.add(wabaId);
  if (request.method === "POST") left.delete(wabaId);
  if (request.method !== "GET") return Response.json({ success: true });
  const app = { whatsapp_business_api_data: { id: number.app_id, name: number.name } };
  return Response.json({ data: left.has(wabaId) ? [] : [app] });
}
