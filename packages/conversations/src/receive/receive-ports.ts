import type { WebhookReading } from "@app/contracts/mod.ts";
import type { Database, Tenant } from "../ports.ts";

/** A channel number and who owns it. */
export interface Route {
  configId: string;
  tenant: Tenant;
  /** The provider's app that may sign for it; null: none was set, so none may. */
  appId: string | null;
}

/** One number of an account. */
export interface AccountRoute extends Route {
  /** The number as people know it, in any writing; null: nobody has told. */
  displayPhone: string | null;
}

/** Knows which tenant owns a number. */
export interface ClientRouter {
  /**
   * The owners of numbers, by number. May remember what was true some seconds ago.
   *
   * @throws {Unavailable} When the registry can't be read.
   */
  find(
    channelType: string,
    channelIds: readonly string[],
  ): Promise<Map<string, Route>>;
  /**
   * The numbers of accounts, by account, in an order that stays. Looks at the registry itself.
   *
   * @throws {Unavailable} When the registry can't be read.
   */
  findAccounts(
    channelType: string,
    accountIds: readonly string[],
  ): Promise<Map<string, AccountRoute[]>>;
  /** Has the next {@linkcode find} look at the registry itself. */
  forget(channelType: string, channelId: string): void;
}

/** What receiving needs. */
export interface ReceivePorts {
  database: Database;
  router: ClientRouter;
  /** See {@linkcode Config.reopenMinutes}. */
  reopenMinutes: number;
  /** Told of what was kept for replay: a code, never a text. */
  onKept?(reason: string, error: unknown): void;
}

/** Reads a kept body again, in the words of its channel. Throws {@linkcode InvalidInput} for one it can't read. */
export type ReadWebhook = (body: Record<string, unknown>) => WebhookReading;
