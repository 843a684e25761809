import { z } from "zod";
import type { Call } from "./call.ts";
import { InvalidInput, readJson } from "./invalid-input.ts";
import { postSigned, signatureOf } from "./post-signed.ts";

const anyWebhook = z.object({
  app_id: z.string(),
  /** Sent as JSON; or give the exact text. */
  body: z.unknown().optional(),
  text: z.string().optional(),
  signature: z.enum(["good", "wrong", "none"]).default("good"),
}).strict();

/**
 * `POST /_simulator/webhooks`: posts any body to an app's webhook, once, and tells how the product took it. For what the
 * simulator has no words for: other fields, echoes, broken JSON, forged signatures. The ledger does not know of it.
 */
export async function postWebhook({ simulation, request }: Call): Promise<Response> {
  const { app_id: appId, body, text, signature } = await readJson(request, anyWebhook);
  const app = simulation.registry.apps.get(appId);
  if (!app) throw new InvalidInput(`app_id: "${appId}" is not registered`, 404);
  const bytes = new TextEncoder().encode(text ?? JSON.stringify(body ?? null));
  const signed = signatureOf(bytes, signature === "good" ? app.app_secret : `not ${app.app_secret}`);
  const timeoutMs = simulation.settings().webhook_timeout_ms;
  return Response.json(
    await postSigned(app.webhook_url, bytes, signature === "none" ? undefined : signed, timeoutMs),
  );
}
