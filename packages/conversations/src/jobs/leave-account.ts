import { NotFound } from "@app/contracts/mod.ts";
import { z } from "zod";
import type { Database, Tenant } from "../ports.ts";
import { defineJob, type Job } from "./job.ts";

/** The provider's accounts, seen with the token that a number had. */
export interface Accounts {
  /**
   * Has the provider send nothing of an account any more.
   *
   * @throws {NotFound} When the number has no token.
   * @throws {Unavailable} When there is no answer; later there may be.
   */
  leave(tenant: Tenant, configId: string, accountId: string, signal: AbortSignal): Promise<void>;
}

const payload = z.object({ configId: z.uuid() });
const left = z.object({
  waba_id: z.string().nullable(),
  is_connected: z.boolean(),
  is_long_ago: z.boolean(),
}).nullable();

/**
 * Tells the provider that the last number of an account was disconnected, and forgets the token. After a day of trying it
 * is forgotten all the same; what the provider still sends is kept nowhere but in the list of deliveries that nobody owns.
 */
export function leaveAccounts({ database, accounts }: { database: Database; accounts: Accounts }): Job {
  return defineJob("leave_account", payload, async ({ configId }, { tenant, signal }) => {
    if (tenant === undefined) {
      throw new Error(`Cannot leave the account of "${configId}": the job is of no tenant`);
    }
    const account = left.parse(
      await database.callAsTenant(tenant, (call) => call`engine.find_left_account(${configId}::uuid)`),
    );
    if (account === null) return;
    if (account.waba_id !== null && !account.is_connected && !account.is_long_ago) {
      await accounts.leave(tenant, configId, account.waba_id, signal).catch((error) => {
        if (!(error instanceof NotFound)) throw error;
      });
    }
    await database.callAsTenant(tenant, (call) => call`private.forget_left_token(${configId}::uuid)`);
  });
}
