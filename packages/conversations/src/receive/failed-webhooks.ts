import type { AccountDelivery, ChannelDelivery } from "@app/contracts/mod.ts";
import type { Database, Tenant } from "../ports.ts";

/** A part of a delivery that is not with its tenant. */
export interface FailedWebhook {
  delivery: ChannelDelivery | AccountDelivery;
  /** Absent if nobody, or not one alone, owns the number or account. */
  tenant?: Tenant | undefined;
  /** The app that signed; a replay asks again whether it owns the number. */
  appId: string;
  /** A code for operators. */
  reason: string;
  /** Whether trying again can help; else only people see it. */
  isReplayable: boolean;
}

/**
 * Keeps a part of a delivery, in the provider's own words. The same body is kept once.
 *
 * @throws {Unavailable} When it can't be kept either.
 */
export async function keepFailedWebhook(
  failed: FailedWebhook,
  ports: { database: Database },
): Promise<void> {
  const { delivery, tenant, appId, reason, isReplayable } = failed;
  const id = "channelId" in delivery ? delivery.channelId : delivery.accountId;
  await ports.database.withRouter((sql) =>
    sql`select private.keep_failed_webhook(
      p_channel_type => ${delivery.channelType}, p_channel_id => ${id},
      p_tenant_id => ${tenant?.id ?? null}, p_app_id => ${appId}, p_body => ${sql.json(delivery.body)},
      p_reason => ${reason}, p_is_replayable => ${isReplayable})`
  );
}
