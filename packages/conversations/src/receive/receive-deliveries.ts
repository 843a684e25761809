import { Unauthorized, type WebhookReading } from "@app/contracts/mod.ts";
import { receiveAccount } from "./receive-account.ts";
import { type Part, receiveChannel } from "./receive-channel.ts";
import type { ReceivePorts, Route } from "./receive-ports.ts";
import { merge } from "./store-delivery.ts";

/** What became of a signed delivery. */
export interface Received extends Part {
  /** Parts of numbers and accounts that belong to another app than the one that signed; nothing of them is stored. */
  forged: number;
}

/**
 * Stores a delivery whose signature was verified, each number's and each account's part for itself: what fails for one
 * tenant is kept for replay, and the others are unharmed. When this returns, everything is committed.
 *
 * @param appId The app whose secret verified the body.
 * @throws {Unauthorized} When that app owns none of the numbers and accounts: a forgery, of which nothing is stored.
 * @throws {Unavailable} When a part could neither be stored nor kept; the provider has to send it again.
 */
export async function receiveDeliveries(
  { channels, accounts }: WebhookReading,
  appId: string,
  ports: ReceivePorts,
): Promise<Received> {
  const [owners, numbers] = await Promise.all([
    ports.router.find("whatsapp", channels.map(({ channelId }) => channelId).filter((id) => id !== "")),
    accounts.length === 0
      ? new Map<string, never>()
      : ports.router.findAccounts("whatsapp", accounts.map(({ accountId }) => accountId)),
  ]);
  const isMine = (route: Route) => route.appId === appId;
  const parts = [
    ...channels.map((delivery) => {
      const route = owners.get(delivery.channelId);
      return {
        isForged: route !== undefined && !isMine(route),
        receive: () => receiveChannel(delivery, route, appId, ports),
      };
    }),
    ...accounts.map((delivery) => {
      const routes = numbers.get(delivery.accountId) ?? [];
      const mine = routes.filter(isMine);
      return {
        isForged: routes.length > 0 && mine.length === 0,
        receive: () => receiveAccount(delivery, mine, appId, ports),
      };
    }),
  ];
  const genuine = parts.filter(({ isForged }) => !isForged);
  const forged = parts.length - genuine.length;
  if (forged > 0 && genuine.length === 0) {
    throw new Unauthorized(`Cannot receive delivery: app "${appId}" signed it, but owns none of its numbers`);
  }
  const received = await settleAll(genuine.map(({ receive }) => receive()));
  const sum = received.reduce<Part>(
    (sum, part) => ({ ...merge(sum, part), kept: sum.kept + part.kept }),
    { stored: 0, duplicates: 0, kept: 0 },
  );
  return { ...sum, forged };
}

/** All parts come to their end, also when one fails. */
async function settleAll(parts: Promise<Part>[]): Promise<Part[]> {
  const settled = await Promise.allSettled(parts);
  return settled.map((part) => {
    if (part.status === "rejected") throw part.reason;
    return part.value;
  });
}
