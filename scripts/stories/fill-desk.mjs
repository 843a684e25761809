// Conversations by the thousand, written as the engine's worker would have left them.

import { randomUUID } from "node:crypto";

/**
 * Adds conversations that wait for a person, the first as the newest.
 *
 * @param sql In the tenant's schema.
 * @param conversations `{name, preview, wish, texts}` each; texts are the customer's messages.
 * @returns Their ids, in order.
 */
export async function addConversations(sql, conversations) {
  const rows = conversations.map((each, index) => ({
    ...each,
    index,
    contact: randomUUID(),
    session: randomUUID(),
    phone: String(59_180_000_000 + index),
  }));
  const [number] = await sql`select id from public.client_configs where client_id = tenant_id() limit 1`;
  const given = sql.json(rows);
  await sql`
    insert into contacts (id, name)
    select r.contact, r.name from jsonb_to_recordset(${given}) as r (contact uuid, name text)`;
  await sql`
    insert into contact_identities (contact_id, channel_type, kind, external_id)
    select r.contact, 'whatsapp', 'phone', r.phone from jsonb_to_recordset(${given}) as r (contact uuid, phone text)`;
  await sql`
    insert into sessions (id, contact_id, config_id, holder, window_expires_at, last_message_at, last_message_preview,
      last_message_from, message_count)
    select r.session, r.contact, ${number.id}, 'queue', now() + interval '20 hours', now() - r.index * interval '1 second',
      r.preview, 'contact', 1
    from jsonb_to_recordset(${given}) as r (session uuid, contact uuid, preview text, index integer)`;
  await sql`
    insert into escalations (session_id, reason, summary, due_at)
    select r.session, coalesce(r.wish, 'asked'), r.wish, now() + r.index * interval '1 second'
    from jsonb_to_recordset(${given}) as r (session uuid, wish text, index integer)`;
  await sql`
    insert into messages (session_id, config_id, direction, sender_type, type, content, status)
    select r.session, ${number.id}, 'inbound', 'contact', 'text', t.text, 'received'
    from jsonb_to_recordset(${given}) as r (session uuid, texts jsonb, index integer)
    cross join lateral jsonb_array_elements_text(coalesce(r.texts, '[]')) with ordinality t (text, place)
    order by r.index, t.place`;
  return rows.map((row) => row.session);
}

/** Adds very many plain ones. */
export async function addManyConversations(sql, count) {
  const [number] = await sql`select id from public.client_configs where client_id = tenant_id() limit 1`;
  await sql`
    insert into contacts (id, name)
    select md5('c' || n)::uuid, 'Cliente ' || n from generate_series(1, ${count}::integer) n`;
  await sql`
    insert into sessions (id, contact_id, config_id, holder, window_expires_at, last_message_at, last_message_preview,
      last_message_from, message_count)
    select md5('s' || n)::uuid, md5('c' || n)::uuid, ${number.id}, 'queue', now() + interval '20 hours',
      now() - n * interval '1 second', 'Mensaje ' || n, 'contact', 1
    from generate_series(1, ${count}::integer) n`;
  // They were asked for long ago: that people are looked for and told once more, row by row, takes longer than all else.
  await asOwner(sql, () => sql`alter table escalations disable trigger user`);
  await sql`
    insert into escalations (session_id, reason, due_at)
    select md5('s' || n)::uuid, 'asked', now() + n * interval '1 second' from generate_series(1, ${count}::integer) n`;
  await asOwner(sql, () => sql`alter table escalations enable trigger user`);
}

/** As who the connection belongs to, and then as the tenant's worker again. */
async function asOwner(sql, work) {
  const [{ role }] = await sql`select current_setting('role') as role`;
  await sql`select set_config('role', 'none', true)`;
  await work();
  await sql`select set_config('role', ${role}, true)`;
}
