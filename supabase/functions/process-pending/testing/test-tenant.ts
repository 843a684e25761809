/** Tenants of a test, and people who write to them. */
import type { Tenant } from "@app/conversations/mod.ts";
import type { TestDatabase } from "@app/local-supabase/testing.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import type { OpenDatabase } from "../../_shared/database.ts";

/** A tenant with one WhatsApp number and a published machine. */
export interface TestTenant extends Tenant {
  configId: string;
}

/** Provisions a tenant and connects a number. */
export async function makeTenant(
  sql: TestDatabase["sql"],
  slug: string,
  debounceMs: number,
  hasMachine: boolean,
): Promise<TestTenant> {
  const [tenant] = await sql`select private.provision_tenant(${slug}, ${`Tenant ${slug}`}) as id`;
  const [config] = await sql`
    insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name, debounce_ms,
      debounce_max_ms)
    values (${tenant?.id}, ${`client_${slug}`}, 'whatsapp', ${`1000${slug.slice(1)}`}, ${slug}, ${debounceMs},
      ${Math.max(20_000, debounceMs)})
    returning id`;
  const schemaName = `client_${slug}`;
  if (hasMachine) {
    await sql`
      with machine as (
        insert into ${sql(schemaName)}.state_machines (name, is_active) values ('Sales', true) returning id
      )
      insert into ${
      sql(schemaName)
    }.state_machine_versions (state_machine_id, version, definition, published_at)
      select id, 1, ${sql.json(JSON.parse(JSON.stringify(demoMachines.gym)))}, now() from machine`;
  }
  return { id: tenant?.id, schemaName, configId: config?.id };
}

let written = 0;

/** A contact writes; resolves with the session's id. */
export async function write(
  database: OpenDatabase,
  tenant: TestTenant,
  phone: string,
  text: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const message = {
    kind: "message",
    externalId: `wamid.in${++written}`,
    timestamp: new Date().toISOString(),
    identities: [{ kind: "phone", externalId: phone }],
    profile: {},
    type: "text",
    content: text,
    payload: { text: { body: text } },
    isTap: false,
    needsAnswer: true,
    ...more,
  };
  const [row] = await database.withTenant(tenant, async (sql) => {
    await sql`select engine.receive_messages(${tenant.configId}::uuid, ${sql.json([message])})`;
    return await sql<{ id: string }>`
      select s.id from sessions s join contact_identities i on i.contact_id = s.contact_id
      where i.external_id = ${phone} order by s.created_at desc limit 1`;
  });
  if (!row) throw new Error(`Cannot find the session of "${phone}"`);
  return row.id;
}
