import postgres from "postgres";
import type { TestDatabase } from "@app/local-supabase/testing.ts";
import { sqlUserAdmin } from "../../tenant/user-admin.ts";

/** A tenant full of conversations, and one of its agents. */
export interface FilledTenant {
  id: string;
  schemaName: string;
  agentId: string;
  /** A conversation of 60 messages. */
  sessionId: string;
}

/** Makes twenty tenants with five people each, and fills the last: a tenth of its conversations waits in the queue. */
export async function fillTenant(database: TestDatabase, conversations: number): Promise<FilledTenant> {
  const { sql } = database;
  const agents: string[] = [];
  let id = "";
  for (let number = 1; number <= 20; number++) {
    const [made] = await sql<{ id: string }[]>`
      select private.provision_tenant(${`full_${number}`}, 'Full') as id`;
    id = made?.id ?? "";
    for (let person = 1; person <= 5; person++) {
      const user = await sqlUserAdmin(sql).ensureUser(`agent${person}@full_${number}.test`, "not-used-here");
      agents.push(user.id);
      await sql`
        insert into public.tenant_members (tenant_id, user_id, role, display_name)
        values (${id}, ${user.id}, 'agent', 'Agent')`;
    }
  }
  const schemaName = "client_full_20";
  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
  try {
    const sessionId = await admin.begin(async (transaction) => {
      // Nobody is told of rows that a bench makes up.
      await transaction`select set_config('session_replication_role', 'replica', true)`;
      await transaction`select set_config('search_path', ${`${schemaName}, extensions`}, true)`;
      await transaction.unsafe(rows(id, schemaName, conversations));
      const [session] = await transaction<{ id: string }[]>`
        select session_id as id from messages group by session_id having count(*) >= 60 limit 1`;
      return session?.id ?? "";
    });
    await admin`vacuum analyze`;
    return { id, schemaName, agentId: agents.at(-1) ?? "", sessionId };
  } finally {
    await admin.end();
  }
}

/** One statement after the other; ten messages a conversation, sixty in every hundredth. */
function rows(tenantId: string, schemaName: string, conversations: number): string {
  return `
    insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name)
    values ('${tenantId}', '${schemaName}', 'whatsapp', '777', 'Full');
    insert into contacts (id, name)
    select md5('c' || n)::uuid, 'Customer ' || n from generate_series(1, ${conversations}) n;
    insert into contact_identities (contact_id, channel_type, kind, external_id)
    select md5('c' || n)::uuid, 'whatsapp', 'phone', (59170000000 + n)::text from generate_series(1, ${conversations}) n;
    insert into sessions (id, contact_id, config_id, holder, last_message_at, last_message_preview, last_message_from,
      message_count)
    select md5('s' || n)::uuid, md5('c' || n)::uuid, (select id from public.client_configs where channel_id = '777'),
      case when n % 10 = 0 then 'queue' else 'bot' end, now() - n * interval '1 minute', 'hola', 'contact', 10
    from generate_series(1, ${conversations}) n;
    insert into messages (session_id, config_id, direction, sender_type, type, content, status)
    select md5('s' || n)::uuid, (select id from public.client_configs where channel_id = '777'), 'inbound', 'contact',
      'text', 'quiero ' || m || ' cajas', 'received'
    from generate_series(1, ${conversations}) n, generate_series(1, case when n % 100 = 0 then 60 else 10 end) m;
    insert into escalations (session_id, reason)
    select md5('s' || n)::uuid, 'asked' from generate_series(10, ${conversations}, 10) n;`;
}
