/** Meta's side of WhatsApp: verification of the address, and deliveries. */
import { answerVerification, readWebhook, verifySignature } from "@app/channels/mod.ts";
import { Unauthorized } from "@app/contracts/mod.ts";
import { messageTags, receiveDeliveries, type ReceivePorts } from "@app/conversations/mod.ts";
import type { RequestContext } from "../_shared/serve.ts";
import { readBody } from "../_shared/serve-body.ts";
import type { WhatsappRouter } from "./client-router.ts";

/** What the handler needs. */
export interface Ports extends ReceivePorts {
  router: WhatsappRouter;
  /** Has due work looked at in time; returns at once. */
  wakeAt(dueAt: Date): void;
  /** Has jobs run now; returns at once. */
  wakeJobs(): void;
}

/**
 * Answers one request of Meta.
 *
 * A delivery is answered 200 once everything in it is committed: stored for its tenants, or kept for replay.
 *
 * @throws {Unauthorized} For a missing or foreign signature; nothing is stored.
 * @throws {InvalidInput} For a signed body that is no delivery.
 * @throws {Unavailable} When nothing could be committed; Meta sends it again for 7 days.
 */
export function handle(
  request: Request,
  context: RequestContext,
  ports: Ports,
): Promise<Response> {
  switch (request.method) {
    case "GET":
      return verifyAddress(request, ports);
    case "POST":
      return receive(request, context, ports);
    default:
      return Promise.resolve(
        new Response(null, { status: 405, headers: { allow: "GET, POST" } }),
      );
  }
}

async function verifyAddress(
  request: Request,
  { router }: Ports,
): Promise<Response> {
  const url = new URL(request.url);
  const challenge = answerVerification(url, (await router.apps()).verifyTokens) ??
    answerVerification(url, (await router.freshApps()).verifyTokens);
  if (challenge === null) return new Response(null, { status: 403 });
  return new Response(challenge, { headers: { "content-type": "text/plain" } });
}

async function receive(
  request: Request,
  context: RequestContext,
  ports: Ports,
): Promise<Response> {
  const body = await readBody(request);
  const appId = await findSigner(
    body,
    request.headers.get("x-hub-signature-256"),
    ports.router,
  );
  const webhook = readWebhook(body);
  const { nextDueAt, hasFiles, ...received } = await receiveDeliveries(
    webhook,
    appId,
    ports,
  );
  const ids = webhook.channels.flatMap(({ messages }) => messages.map(({ externalId }) => externalId));
  context.note({ ...received, messages: messageTags(ids) });
  if (nextDueAt !== undefined) ports.wakeAt(nextDueAt);
  if (hasFiles) ports.wakeJobs();
  return Response.json({ received });
}

async function findSigner(
  body: Uint8Array,
  signature: string | null,
  router: WhatsappRouter,
): Promise<string> {
  const appId = verifySignature(body, signature, (await router.apps()).secrets) ??
    (signature === null ? null : verifySignature(body, signature, (await router.freshApps()).secrets));
  if (appId === null) {
    throw new Unauthorized("Cannot accept delivery: no known app signed it");
  }
  return appId;
}
