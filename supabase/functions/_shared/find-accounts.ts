/** The numbers of a provider's account, for what is said about all of them. */
import type { ClientRouter, Database } from "@app/conversations/mod.ts";
import { z } from "zod";

const numberRow = z.object({
  configId: z.uuid(),
  accountId: z.string(),
  tenantId: z.uuid(),
  schemaName: z.string(),
  appId: z.string().nullable(),
  displayPhone: z.string().nullable(),
});

/** Reads the registry each time: such events are rare. */
export function findAccounts(database: Database): ClientRouter["findAccounts"] {
  return async (channelType, accountIds) => {
    const rows = await database.withRouter((sql) =>
      sql`select c.id as "configId", c.settings ->> 'waba_id' as "accountId", c.client_id as "tenantId",
          c.schema_name as "schemaName", c.settings ->> 'app_id' as "appId",
          c.settings ->> 'display_phone_number' as "displayPhone"
        from public.client_configs c
        where c.channel_type = ${channelType} and c.settings ? 'waba_id' and c.settings ->> 'waba_id' in (
          select n.id from jsonb_array_elements_text(${sql.json(accountIds)}) as n (id) where n.id <> ''
        )
        order by c.id`
    );
    return Map.groupBy(
      z.array(numberRow).parse([...rows]).map(({ tenantId, schemaName, ...number }) => ({
        ...number,
        tenant: { id: tenantId, schemaName },
      })),
      ({ accountId }) => accountId,
    );
  };
}
