import type { AccountDelivery, AccountEvent } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Database } from "../ports.ts";
import type { AccountRoute } from "./receive-ports.ts";

const received = z.object({ stored: z.number(), unclaimed: z.array(z.string()) });

/** One number of an account, and what of a delivery is for it. */
interface Share {
  route: AccountRoute;
  events: AccountEvent[];
}

/**
 * Stores what is said about an account with each tenant that has a number of it. What names a number is for its owner
 * alone, what names a template for the tenants that have it, everything else for all.
 *
 * @param routes The account's numbers; of at least one tenant.
 * @returns How many events were new, and how many name a number that nobody has told us.
 */
export async function storeAccount(
  { accountId, events }: AccountDelivery,
  routes: readonly AccountRoute[],
  { database }: { database: Database },
): Promise<{ stored: number; unknown: number }> {
  const { shares, unknown } = share(events, routes);
  const isShared = new Set(routes.map(({ tenant }) => tenant.id)).size > 1;
  let sum = 0;
  const store = async ({ route, events }: Share, isShared: boolean): Promise<Set<string>> => {
    const result = received.parse(
      await database.callAsTenant(
        route.tenant,
        (call) =>
          call`engine.receive_account_events(${route.configId}, ${accountId}, ${
            call.json(events)
          }, ${isShared})`,
      ),
    );
    sum += result.stored;
    return new Set(result.unclaimed);
  };
  const unclaimed: Set<string>[] = [];
  for (const each of shares) unclaimed.push(await store(each, isShared));
  // A template that none of them has is new: whoever made it, all can send it.
  const isNew = ({ externalId }: AccountEvent) => unclaimed.every((ids) => ids.has(externalId));
  for (const { route, events } of isShared ? oneOfEachTenant(shares) : []) {
    const newTemplates = events.filter((event) => event.about.startsWith("template_") && isNew(event));
    if (newTemplates.length > 0) await store({ route, events: newTemplates }, false);
  }
  return { stored: sum, unknown };
}

function share(
  events: readonly AccountEvent[],
  routes: readonly AccountRoute[],
): { shares: Share[]; unknown: number } {
  const shares = routes.map((route): Share => ({ route, events: [] }));
  const [only] = shares;
  let unknown = 0;
  for (const event of events) {
    const phone = "displayPhone" in event ? digitsOf(event.displayPhone) : undefined;
    if (phone === undefined) {
      for (const each of oneOfEachTenant(shares)) each.events.push(event);
      continue;
    }
    const owner = shares.find(({ route }) => digitsOf(route.displayPhone) === phone) ??
      (shares.length === 1 ? only : undefined);
    if (owner === undefined) unknown++;
    else owner.events.push(event);
  }
  return { shares: shares.filter(({ events }) => events.length > 0), unknown };
}

function oneOfEachTenant(shares: readonly Share[]): Share[] {
  return [...new Map([...shares].reverse().map((each) => [each.route.tenant.id, each])).values()];
}

function digitsOf(phone: string | null | undefined): string | undefined {
  return phone?.replace(/\D/g, "") || undefined;
}
