import { type ChannelDelivery, Unauthorized } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { ReadWebhook, ReceivePorts, Route } from "./receive-ports.ts";
import { storeAccount } from "./store-account.ts";
import { storeDelivery } from "./store-delivery.ts";

const claimed = z.array(z.object({
  id: z.uuid(),
  app_id: z.string().nullable(),
  body: z.record(z.string(), z.unknown()),
}));

type Claimed = z.infer<typeof claimed>[number];

/** What a replay needs beside what receiving needs. */
export interface ReplayPorts extends ReceivePorts {
  readWebhook: ReadWebhook;
}

/** What a run of replays did. */
export interface Replayed {
  replayed: number;
  /** They wait for another try: 30 s after the first, then twice as long each time, at most 6 h, 30 tries. */
  failedAgain: number;
  /** The earliest work that follows; absent if none does. */
  nextDueAt?: Date;
}

/**
 * Tries deliveries again that could not be stored for their tenant. Each has its own transaction and outcome; repeating
 * what was stored meanwhile changes nothing. Safe to run twice at once.
 *
 * @param limit How many are tried at most.
 * @throws {Unavailable} When the database can't be reached.
 */
export async function replayFailedWebhooks(
  limit: number,
  ports: ReplayPorts,
): Promise<Replayed> {
  const [row] = await ports.database.withRouter((sql) =>
    sql`select private.claim_failed_webhooks(${limit}) as result`
  );
  const result: Replayed = { replayed: 0, failedAgain: 0 };
  for (const failed of claimed.parse(row?.result)) {
    const reason = await replay(failed, result, ports);
    await ports.database.withRouter((sql) =>
      sql`select private.settle_failed_webhook(${failed.id}, ${reason})`
    );
    result[reason === null ? "replayed" : "failedAgain"]++;
  }
  return result;
}

/** @returns Why it failed again, as a code, or null. */
async function replay(
  failed: Claimed,
  result: Replayed,
  ports: ReplayPorts,
): Promise<string | null> {
  try {
    const { channels, accounts } = ports.readWebhook(failed.body);
    for (const delivery of channels) {
      const route = await ownerOf(delivery, ports);
      if (route === undefined) return "unknown_number";
      refuseForeign([route], failed);
      const { nextDueAt } = await storeDelivery(delivery, route, ports);
      if (
        nextDueAt !== undefined && nextDueAt < (result.nextDueAt ?? Infinity)
      ) result.nextDueAt = nextDueAt;
    }
    for (const delivery of accounts) {
      const routes = (await ports.router.findAccounts(delivery.channelType, [delivery.accountId])).get(
        delivery.accountId,
      ) ?? [];
      if (routes.length === 0) return "unknown_account";
      const mine = refuseForeign(routes, failed);
      const { unknown } = await storeAccount(delivery, mine, ports);
      if (unknown > 0) return "unknown_number";
    }
    return null;
  } catch (error) {
    const reason = error instanceof Unauthorized ? "foreign_app" : "not_stored";
    ports.onKept?.(reason, error);
    return reason;
  }
}

/** The routes of the app that signed. */
function refuseForeign<Owner extends Route>(routes: Owner[], { app_id: appId }: Claimed): Owner[] {
  const mine = routes.filter((route) => route.appId === appId);
  if (mine.length === 0) throw new Unauthorized("Cannot replay delivery: its app owns not its number");
  return mine;
}

async function ownerOf(
  delivery: ChannelDelivery,
  { router }: ReplayPorts,
): Promise<Route | undefined> {
  const { channelType, channelId } = delivery;
  router.forget(channelType, channelId);
  return (await router.find(channelType, [channelId])).get(channelId);
}
