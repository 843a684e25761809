import { type AccountDelivery, NotFound } from "@app/contracts/mod.ts";
import { keepFailedWebhook } from "./failed-webhooks.ts";
import type { Part } from "./receive-channel.ts";
import type { AccountRoute, ReceivePorts } from "./receive-ports.ts";
import { storeAccount } from "./store-account.ts";

/**
 * Stores one account's part of a delivery, or keeps it. An unknown field of an account that nobody has is ignored: there is
 * nothing to do about it, now or later.
 *
 * @param routes The numbers of the account whose app signed.
 * @throws {Unavailable} When it could neither be stored nor kept.
 */
export async function receiveAccount(
  delivery: AccountDelivery,
  routes: readonly AccountRoute[],
  appId: string,
  ports: ReceivePorts,
): Promise<Part> {
  const nothing: Part = { stored: 0, duplicates: 0, kept: 0 };
  const tenants = new Map(routes.map(({ tenant }) => [tenant.id, tenant]));
  const [tenant] = tenants.size === 1 ? tenants.values() : [];
  const keep = async (reason: string): Promise<Part> => {
    await keepFailedWebhook({ delivery, tenant, appId, reason, isReplayable: true }, ports);
    return { ...nothing, kept: 1 };
  };
  if (routes.length === 0) {
    const isKnown = delivery.events.some(({ about }) => about !== "other");
    return isKnown ? await keep("unknown_account") : nothing;
  }
  try {
    const { stored, unknown } = await storeAccount(delivery, routes, ports);
    const part = unknown > 0 ? await keep("unknown_number") : nothing;
    return { ...part, ...(stored > 0 && { noted: stored }) };
  } catch (error) {
    const reason = error instanceof NotFound ? "unknown_account" : "not_stored";
    ports.onKept?.(reason, error);
    return await keep(reason);
  }
}
