import { type ChannelDelivery, NotFound, Unauthorized, Unavailable } from "@app/contracts/mod.ts";
import { keepFailedWebhook } from "./failed-webhooks.ts";
import type { ReceivePorts, Route } from "./receive-ports.ts";
import { merge, type Stored, storeDelivery } from "./store-delivery.ts";

/** What became of a signed delivery. */
export interface Received extends Stored {
  /** Parts that wait for replay, or that only people can look at. */
  kept: number;
  /** Parts of numbers that belong to another app than the one that signed; nothing of them is stored. */
  forged: number;
}

/**
 * Stores a delivery whose signature was verified, each number's part for itself: what fails for one tenant is kept for
 * replay, and the others are unharmed. When this returns, everything is committed.
 *
 * @param appId The app whose secret verified the body.
 * @throws {Unauthorized} When that app owns none of the numbers: a forgery, of which nothing is stored.
 * @throws {Unavailable} When a part could neither be stored nor kept; the provider has to send it again.
 */
export async function receiveDeliveries(
  deliveries: readonly ChannelDelivery[],
  appId: string,
  ports: ReceivePorts,
): Promise<Received> {
  const routes = await findRoutes(deliveries, ports);
  const isForged = (delivery: ChannelDelivery) => {
    const route = routes.get(delivery.channelId);
    return route !== undefined && route.appId !== appId;
  };
  const genuine = deliveries.filter((delivery) => !isForged(delivery));
  const forged = deliveries.length - genuine.length;
  if (forged > 0 && genuine.length === 0) {
    throw new Unauthorized(
      `Cannot receive delivery: app "${appId}" signed it, but owns none of its numbers`,
    );
  }
  const parts = await settleAll(
    genuine.map((delivery) => receivePart(delivery, routes.get(delivery.channelId), appId, ports)),
  );
  const sum = parts.reduce<Part>(
    (sum, part) => ({ ...merge(sum, part), kept: sum.kept + part.kept }),
    { stored: 0, duplicates: 0, kept: 0 },
  );
  return { ...sum, forged };
}

function findRoutes(
  deliveries: readonly ChannelDelivery[],
  { router }: ReceivePorts,
): Promise<Map<string, Route>> {
  return router.find(
    "whatsapp",
    deliveries.map(({ channelId }) => channelId).filter((id) => id !== ""),
  );
}

type Part = Stored & { kept: number };

/** All parts come to their end, also when one fails. */
async function settleAll(parts: Promise<Part>[]): Promise<Part[]> {
  const settled = await Promise.allSettled(parts);
  return settled.map((part) => {
    if (part.status === "rejected") throw part.reason;
    return part.value;
  });
}

async function receivePart(
  delivery: ChannelDelivery,
  route: Route | undefined,
  appId: string,
  ports: ReceivePorts,
): Promise<Part> {
  const failure = { delivery, route, appId };
  let kept = 0;
  if (delivery.rejected !== undefined) {
    const reasons = [...new Set(delivery.rejected.map(({ reason }) => reason))]
      .join(", ");
    await keepFailedWebhook({
      ...failure,
      reason: `rejected: ${reasons}`,
      isReplayable: false,
    }, ports);
    kept = 1;
  }
  if (delivery.messages.length + delivery.statuses.length === 0) {
    return { stored: 0, duplicates: 0, kept };
  }
  if (route === undefined) {
    await keepFailedWebhook({
      ...failure,
      reason: "unknown_number",
      isReplayable: true,
    }, ports);
    return { stored: 0, duplicates: 0, kept: 1 };
  }
  try {
    return { ...await storeAgainOnce(delivery, route, appId, ports), kept };
  } catch (error) {
    ports.router.forget(delivery.channelType, delivery.channelId);
    const reason = error instanceof NotFound ? "unknown_number" : "not_stored";
    await keepFailedWebhook({ ...failure, reason, isReplayable: true }, ports);
    ports.onKept?.(reason, error);
    return { stored: 0, duplicates: 0, kept: 1 };
  }
}

/** A lost connection or a number that has just moved is tried again at once, where it then is. */
async function storeAgainOnce(
  delivery: ChannelDelivery,
  route: Route,
  appId: string,
  ports: ReceivePorts,
): Promise<Stored> {
  try {
    return await storeDelivery(delivery, route, ports);
  } catch (error) {
    if (error instanceof Unavailable) {
      return await storeDelivery(delivery, route, ports);
    }
    if (!(error instanceof NotFound)) throw error;
    ports.router.forget(delivery.channelType, delivery.channelId);
    const fresh = (await findRoutes([delivery], ports)).get(delivery.channelId);
    if (fresh === undefined || fresh.appId !== appId) throw error;
    return await storeDelivery(delivery, fresh, ports);
  }
}
