import postgres, { type TransactionSql } from "postgres";
import type { TestDatabase } from "@app/local-supabase/testing.ts";
import { sqlUserAdmin } from "../../tenant/user-admin.ts";

/** A tenant with a full inbox, and one of its agents. */
export interface FullInbox {
  tenantId: string;
  agentId: string;
  /** Conversations to open. */
  sessionIds: string[];
}

/** Fills a tenant: of its conversations a tenth is with people, a half is resolved; 20 messages each. */
export async function fillInbox(database: TestDatabase, conversations: number): Promise<FullInbox> {
  const { sql } = database;
  const [made] = await sql<{ id: string }[]>`select private.provision_tenant('full', 'Full') as id`;
  const tenantId = made?.id ?? "";
  const user = await sqlUserAdmin(sql).ensureUser("agent@full.test", "not-used-here");
  await sql`
    insert into public.tenant_members (tenant_id, user_id, role, display_name)
    values (${tenantId}, ${user.id}, 'agent', 'Agent')`;
  const admin = postgres(database.adminUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.begin(async (transaction) => {
      // Nobody is told of rows that a bench makes up.
      await transaction`select set_config('session_replication_role', 'replica', true)`;
      await transaction`select set_config('search_path', 'client_full, extensions', true)`;
      await addConversations(transaction, { tenantId, agentId: user.id, conversations });
      await addMessages(transaction, conversations);
    });
    await admin`vacuum analyze`;
    const sessions = await admin<{ id: string }[]>`
      select id from client_full.sessions order by id limit 200`;
    return { tenantId, agentId: user.id, sessionIds: sessions.map((session) => session.id) };
  } finally {
    await admin.end();
  }
}

async function addConversations(
  sql: TransactionSql,
  { tenantId, agentId, conversations }: { tenantId: string; agentId: string; conversations: number },
): Promise<void> {
  await sql`
    insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name)
    values (${tenantId}, 'client_full', 'whatsapp', '777', 'Full')`;
  await sql`
    insert into contacts (id, name)
    select md5('c' || n)::uuid,
      (array['María', 'José', 'Ana', 'Luis', 'Sofía', 'João', 'Carla', 'Pedro', 'Lucía', 'Hugo'])[1 + n % 10] || ' ' ||
      (array['Quispe', 'Mamani', 'Flores', 'Silva', 'Rojas', 'Vargas', 'Souza'])[1 + n % 7] || ' ' || n
    from generate_series(1, ${conversations}) n`;
  await sql`
    insert into contact_identities (contact_id, channel_type, kind, external_id)
    select md5('c' || n)::uuid, 'whatsapp', 'phone', (59170000000 + n)::text
    from generate_series(1, ${conversations}) n`;
  await sql`
    insert into sessions (id, contact_id, config_id, holder, status, resolved_at, assigned_to, window_expires_at,
      last_message_at, last_message_preview, last_message_from, message_count, language, tags)
    select md5('s' || n)::uuid, md5('c' || n)::uuid, g.id,
      case when n % 10 = 0 then 'queue' when n % 10 = 2 and n % 20 = 2 then 'human' else 'bot' end,
      case when n % 2 = 1 then 'resolved' else 'open' end, case when n % 2 = 1 then now() end,
      case when n % 20 = 2 and n % 60 = 2 then ${agentId}::uuid end,
      now() + interval '24 hours' - n * interval '1 minute', now() - n * interval '1 minute', 'hola', 'contact', 20,
      (array['es', 'en', 'pt'])[1 + n % 3], case when n % 7 = 0 then '{vip}'::text[] else '{}' end
    from generate_series(1, ${conversations}) n, public.client_configs g where g.channel_id = '777'`;
  await sql`
    insert into escalations (session_id, reason, due_at)
    select md5('s' || n)::uuid, 'asked', now() - n * interval '1 minute' from generate_series(10, ${conversations}, 10) n`;
}

/** Every message greets or asks in a few common words and one of 5,000 rare ones. */
async function addMessages(sql: TransactionSql, conversations: number): Promise<void> {
  await sql`
    insert into messages (session_id, config_id, direction, sender_type, type, content, status, created_at)
    select md5('s' || n)::uuid, g.id, case when m % 2 = 1 then 'inbound' else 'outbound' end,
      case when m % 2 = 1 then 'contact' else 'bot' end, 'text',
      case m % 4 when 0 then 'Hola, buenos días, quiero ' when 1 then 'El precio de la caja es '
        when 2 then 'Podemos enviar mañana a Cochabamba ' else 'Gracias, ' end
        || m || ' artículo' || (n * 20 + m) % 5000,
      case when m % 2 = 1 then 'received' else 'read' end, now() - n * interval '1 minute' + m * interval '1 second'
    from generate_series(${conversations}::integer, 1, -1) n, generate_series(1, 20) m, public.client_configs g
    where g.channel_id = '777'`;
}
