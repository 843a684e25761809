import type { ChannelDelivery } from "@app/contracts/mod.ts";
import type { Database } from "../ports.ts";
import type { Route } from "./receive-ports.ts";

/** A part of a delivery that is not with its tenant. */
export interface FailedWebhook {
  delivery: ChannelDelivery;
  /** Absent if nobody owns the number. */
  route: Route | undefined;
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
  const { delivery, route, appId, reason, isReplayable } = failed;
  await ports.database.withRouter((sql) =>
    sql`select private.keep_failed_webhook(
      p_channel_type => ${delivery.channelType}, p_channel_id => ${delivery.channelId},
      p_tenant_id => ${route?.tenant.id ?? null}, p_app_id => ${appId}, p_body => ${sql.json(delivery.body)},
      p_reason => ${reason}, p_is_replayable => ${isReplayable})`
  );
}
