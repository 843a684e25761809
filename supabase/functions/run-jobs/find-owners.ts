/** Who owns a number now; replays are rare, so nothing is remembered. */
import type { ClientRouter, Database } from "@app/conversations/mod.ts";
import { z } from "zod";
import { findAccounts } from "../_shared/find-accounts.ts";

const ownerRow = z.object({
  configId: z.uuid(),
  channelId: z.string(),
  tenantId: z.uuid(),
  schemaName: z.string(),
  appId: z.string().nullable(),
});

/** A router that asks the registry each time. */
export function findOwners(database: Database): ClientRouter {
  return {
    async find(channelType, channelIds) {
      const rows = await database.withRouter((sql) =>
        sql`select c.id as "configId", c.channel_id as "channelId", c.client_id as "tenantId",
            c.schema_name as "schemaName", c.settings ->> 'app_id' as "appId"
          from public.client_configs c
          where c.channel_type = ${channelType}
            and c.channel_id in (select n.id from jsonb_array_elements_text(${
          sql.json(channelIds)
        }) as n (id))`
      );
      const owners = z.array(ownerRow).parse([...rows]);
      return new Map(owners.map(({ configId, channelId, tenantId, schemaName, appId }) => [
        channelId,
        { configId, tenant: { id: tenantId, schemaName }, appId },
      ]));
    },
    findAccounts: findAccounts(database),
    forget() {},
  };
}
