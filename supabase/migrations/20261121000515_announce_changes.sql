-- Realtime: what changed, as ids and order numbers, never as text; apps read the rows themselves under their own rights.
--
-- The trigger functions are `security definer` because a worker may not write realtime.messages; realtime.send turns that
-- refusal into a warning, and nobody would hear of the change. They fire once per statement, serve the tables of every
-- tenant, and send nothing when nothing that an app shows has changed: an inbound message costs one event on its
-- conversation's topic and one on the inbox topic.
--
-- They run with every message, so each reads what it needs with one statement, and calls functions by assignment: an
-- expression is evaluated in place, where `perform` would run a statement of its own.

-- More ids than this are not listed: an app that sees count above the list's length reads its whole page again.
create function private.ids_of(p_ids uuid[]) returns jsonb
language plpgsql immutable set search_path = ''
as $$
-- plpgsql, since a SQL function would be parsed anew at each call.
begin
  return jsonb_build_object('ids', to_jsonb(p_ids[1:100]), 'count', cardinality(p_ids));
end
$$;
comment on function private.ids_of is 'At most 100 ids and how many there were.';

create function private.announce_to_inbox(p_schema_name name, p_event text, p_payload jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform realtime.send(p_payload, p_event, 'tenant:' || t.id, true)
  from public.tenants t where t.schema_name = p_schema_name;
end
$$;
comment on function private.announce_to_inbox is 'Sends one event to the inbox topic of the tenant that has this schema.';

create function private.send_to_conversations(p_tenant_id uuid, p_event text, p_events jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  -- What realtime.send would insert for each, with one statement for all.
  insert into realtime.messages (id, payload, event, topic, private, extension)
  select e.id, e.payload || jsonb_build_object('id', e.id), p_event,
    'tenant:' || p_tenant_id || ':session:' || e.session_id, true, 'broadcast'
  from (
    select gen_random_uuid() as id, r.session_id, r.payload
    from jsonb_to_recordset(p_events) as r (session_id uuid, payload jsonb)
  ) e;
exception when others then
  -- What was changed must not be lost because nobody could be told of it.
  raise warning 'Cannot announce % of tenant %: %', p_event, p_tenant_id, sqlerrm;
end
$$;
comment on function private.send_to_conversations is
  'Sends one event to each of many conversations of a tenant: a list of session_id and payload.';

create function private.announce_sessions() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tenant_id uuid;
  v_ids uuid[];
  v_sent text;
begin
  if tg_op = 'INSERT' then
    -- A conversation enters the inbox with its first message.
    select t.id, c.ids into v_tenant_id, v_ids
    from (select array_agg(n.id) as ids from new_rows n where n.last_message_at is not null) c
    join public.tenants t on t.schema_name = tg_table_schema;
  else
    -- What a message changes comes first: the comparison ends at the first difference.
    select t.id, c.ids into v_tenant_id, v_ids
    from (
      select array_agg(n.id) as ids
      from new_rows n join old_rows o on o.id = n.id
      where (n.last_message_at, n.message_count, n.unread_count, n.last_message_preview, n.holder, n.status, n.state,
             n.assigned_to, n.priority, n.tags, n.snoozed_until, n.summary, n.topics, n.sentiment, n.intent, n.language,
             n.variables, n.window_expires_at)
        is distinct from
            (o.last_message_at, o.message_count, o.unread_count, o.last_message_preview, o.holder, o.status, o.state,
             o.assigned_to, o.priority, o.tags, o.snoozed_until, o.summary, o.topics, o.sentiment, o.intent, o.language,
             o.variables, o.window_expires_at)
    ) c
    join public.tenants t on t.schema_name = tg_table_schema;
  end if;
  if v_ids is not null then
    v_sent := realtime.send(
      jsonb_build_object('ids', to_jsonb(v_ids[1:100]), 'count', cardinality(v_ids)),
      'sessions_changed', 'tenant:' || v_tenant_id, true
    );
  end if;
  return null;
end
$$;

create function private.announce_messages() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tenant_id uuid;
  v_events jsonb;
  v_sent text;
begin
  if tg_op = 'INSERT' then
    select t.id, e.events into v_tenant_id, v_events
    from (
      select jsonb_agg(jsonb_build_object('session_id', c.session_id, 'payload', private.ids_of(c.ids)
        || jsonb_build_object('from_seq', c.from_seq, 'to_seq', c.to_seq))) as events
      from (
        select n.session_id, array_agg(n.id order by n.seq) as ids, min(n.seq) as from_seq, max(n.seq) as to_seq
        -- An imported past has places below zero; nobody waits for it, and there may be thousands of conversations.
        from new_rows n where n.seq > 0 group by n.session_id
      ) c
    ) e
    join public.tenants t on t.schema_name = tg_table_schema
    where e.events is not null;
    if found then
      v_sent := private.send_to_conversations(v_tenant_id, 'messages_added', v_events);
    end if;
  else
    select t.id, e.events into v_tenant_id, v_events
    from (
      select jsonb_agg(jsonb_build_object('session_id', c.session_id, 'payload', private.ids_of(c.ids)
        || jsonb_build_object('from_seq', c.from_seq, 'to_seq', c.to_seq))) as events
      from (
        select n.session_id, array_agg(n.id order by n.seq) as ids, min(n.seq) as from_seq, max(n.seq) as to_seq
        from new_rows n join old_rows o on o.id = n.id
        where (n.status, n.content, n.payload, n.media_id, n.error, n.session_id)
          is distinct from (o.status, o.content, o.payload, o.media_id, o.error, o.session_id)
        group by n.session_id
      ) c
    ) e
    join public.tenants t on t.schema_name = tg_table_schema
    where e.events is not null;
    if found then
      v_sent := private.send_to_conversations(v_tenant_id, 'messages_changed', v_events);
    end if;
  end if;
  return null;
end
$$;

create function private.announce_inbound_message(p_session_id uuid, p_message_id uuid, p_seq bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  -- What realtime.send would insert, both rows with one statement. The tenant is the calling worker's own.
  insert into realtime.messages (id, payload, event, topic, private, extension)
  select e.id, e.payload || jsonb_build_object('id', e.id), e.event, 'tenant:' || t.id || e.subtopic, true, 'broadcast'
  from public.tenants t
  cross join lateral (values
    (gen_random_uuid(), 'sessions_changed', '', jsonb_build_object('ids', jsonb_build_array(p_session_id), 'count', 1)),
    (gen_random_uuid(), 'messages_added', ':session:' || p_session_id, jsonb_build_object(
      'ids', jsonb_build_array(p_message_id), 'count', 1, 'from_seq', p_seq, 'to_seq', p_seq
    ))
  ) as e (id, event, subtopic, payload)
  where t.schema_name = left(current_setting('role'), -7);
exception when others then
  -- A message must not be lost because nobody could be told of it.
  raise warning 'Cannot announce message %: %', p_message_id, sqlerrm;
end
$$;
comment on function private.announce_inbound_message is
  'Tells the inbox and the conversation of a message that was stored with engine.announces set, which silences the triggers.';

create function private.announce_turns() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tenant_id uuid;
  v_events jsonb;
  v_sent text;
begin
  select t.id, e.events into v_tenant_id, v_events
  from (
    select jsonb_agg(jsonb_build_object('session_id', c.session_id, 'payload', private.ids_of(c.ids))) as events
    from (
      select n.session_id, array_agg(n.id) as ids
      from new_rows n join old_rows o on o.id = n.id
      where n.status is distinct from o.status
      group by n.session_id
    ) c
  ) e
  join public.tenants t on t.schema_name = tg_table_schema
  where e.events is not null;
  if found then
    v_sent := private.send_to_conversations(v_tenant_id, 'turns_finished', v_events);
  end if;
  return null;
end
$$;

create function private.announce_escalations() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(n.id) into v_ids from new_rows n;
  if v_ids is not null then
    perform private.announce_to_inbox(tg_table_schema, 'escalations_changed', private.ids_of(v_ids));
  end if;
  return null;
end
$$;

create function private.announce_contacts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(n.id) into v_ids
  from new_rows n join old_rows o on o.id = n.id
  where (n.name, n.language, n.attributes, n.tags, n.opted_out_at, n.blocked_at, n.merged_into)
    is distinct from (o.name, o.language, o.attributes, o.tags, o.opted_out_at, o.blocked_at, o.merged_into);
  if v_ids is not null then
    perform private.announce_to_inbox(tg_table_schema, 'contacts_changed', private.ids_of(v_ids));
  end if;
  return null;
end
$$;

revoke execute on function
  private.announce_to_inbox, private.ids_of, private.send_to_conversations, private.announce_sessions,
  private.announce_messages, private.announce_turns, private.announce_escalations, private.announce_contacts,
  private.announce_inbound_message
  from public;
grant execute on function private.announce_inbound_message to engine_worker;
