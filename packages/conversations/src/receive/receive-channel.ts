import { type ChannelDelivery, NotFound, Unavailable } from "@app/contracts/mod.ts";
import { keepFailedWebhook } from "./failed-webhooks.ts";
import type { ReceivePorts, Route } from "./receive-ports.ts";
import { type Stored, storeDelivery } from "./store-delivery.ts";

/** What became of one part, and how many pieces of it wait for replay or for people. */
export type Part = Stored & { kept: number };

const nothing: Part = { stored: 0, duplicates: 0, kept: 0 };

/**
 * Stores one number's part of a delivery, or keeps it: when this returns, it is committed one way or the other.
 *
 * @throws {Unavailable} When it could neither be stored nor kept.
 */
export async function receiveChannel(
  delivery: ChannelDelivery,
  route: Route | undefined,
  appId: string,
  ports: ReceivePorts,
): Promise<Part> {
  const failure = { delivery, tenant: route?.tenant, appId };
  let kept = 0;
  // The provider's own problems are events of the number, if anybody has it.
  const rejected = delivery.rejected?.filter(({ reason }) =>
    route === undefined || reason !== "provider_error"
  );
  if (rejected !== undefined && rejected.length > 0) {
    const reasons = [...new Set(rejected.map(({ reason }) => reason))].join(", ");
    await keepFailedWebhook({ ...failure, reason: `rejected: ${reasons}`, isReplayable: false }, ports);
    kept = 1;
  }
  if (!hasMore(delivery, route)) return { ...nothing, kept };
  if (route === undefined) {
    await keepFailedWebhook({ ...failure, reason: "unknown_number", isReplayable: true }, ports);
    return { ...nothing, kept: 1 };
  }
  try {
    return { ...await storeAgainOnce(delivery, route, appId, ports), kept };
  } catch (error) {
    ports.router.forget(delivery.channelType, delivery.channelId);
    const reason = error instanceof NotFound ? "unknown_number" : "not_stored";
    await keepFailedWebhook({ ...failure, reason, isReplayable: true }, ports);
    ports.onKept?.(reason, error);
    return { ...nothing, kept: 1 };
  }
}

/** Whether there is anything to store beside what was rejected. */
function hasMore(
  { messages, statuses, rejected = [], ...delivery }: ChannelDelivery,
  route: Route | undefined,
): boolean {
  const { echoes, preferences, history, contactSync, calls, passive } = delivery;
  const lists = [messages, statuses, echoes, preferences, history, contactSync, calls, passive];
  return lists.some((list) => list !== undefined && list.length > 0) ||
    (route !== undefined && rejected.some(({ reason }) => reason === "provider_error"));
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
    if (error instanceof Unavailable) return await storeDelivery(delivery, route, ports);
    if (!(error instanceof NotFound)) throw error;
    const { channelType, channelId } = delivery;
    ports.router.forget(channelType, channelId);
    const fresh = (await ports.router.find(channelType, [channelId])).get(channelId);
    if (fresh === undefined || fresh.appId !== appId) throw error;
    return await storeDelivery(delivery, fresh, ports);
  }
}
