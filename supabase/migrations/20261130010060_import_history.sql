-- The past of a number that its owner used in the phone app: legacy conversations, which nothing answers and nobody is
-- told of. Run in the tenant path that their caller has set.

create function engine.open_legacy_session(p_contact_id uuid, p_config_id uuid) returns uuid
language plpgsql
as $$
declare
  v_session_id uuid;
begin
  select s.id into v_session_id from sessions s
  where s.contact_id = p_contact_id and s.config_id = p_config_id and s.is_legacy
  order by s.created_at limit 1 for no key update;
  if not found then
    insert into sessions (contact_id, config_id, is_legacy, status, resolved_at)
    values (p_contact_id, p_config_id, true, 'archived', now())
    returning id into v_session_id;
  end if;
  return v_session_id;
end
$$;
comment on function engine.open_legacy_session is
  'The archived conversation that holds what a contact and the owner wrote before; the caller holds the contact''s identities.';

create function engine.store_history_messages(p_session_id uuid, p_config_id uuid, p_messages jsonb) returns integer
language plpgsql
as $$
declare
  v_stored integer;
begin
  -- The order of the past is its time, whichever chunk comes first: each second has 1,000 places, all below zero and so
  -- before everything that is written here. Nobody else writes to this conversation meanwhile.
  with new as (
    select m.message, (m.message ->> 'timestamp')::timestamptz as at,
      (floor(extract(epoch from (m.message ->> 'timestamp')::timestamptz))::bigint - 10000000000) * 1000 as first_seq, m.place
    from jsonb_array_elements(p_messages) with ordinality as m (message, place)
    where not exists (
      select from messages k where k.config_id = p_config_id and k.external_id = m.message ->> 'externalId'
    )
  ), stored as (
    insert into messages (seq, session_id, config_id, direction, sender_type, type, content, payload, reply_to, status,
      external_id, external_timestamp)
    overriding system value
    select n.first_seq + row_number() over (partition by n.first_seq order by n.place) + coalesce((
        select max(k.seq) - n.first_seq from messages k
        where k.session_id = p_session_id and k.seq between n.first_seq and n.first_seq + 999
      ), 0),
      p_session_id, p_config_id, n.message ->> 'direction',
      case n.message ->> 'direction' when 'inbound' then 'contact' else 'agent' end,
      n.message ->> 'type', n.message ->> 'content', n.message -> 'payload',
      (select q.id from messages q where q.config_id = p_config_id and q.external_id = n.message ->> 'replyTo'),
      case n.message ->> 'direction' when 'inbound' then 'received' else coalesce(n.message ->> 'status', 'sent') end,
      n.message ->> 'externalId', n.at
    from new n order by n.at, n.place
    on conflict (config_id, external_id) do nothing
    returning seq
  )
  select count(*) into v_stored from stored;
  return v_stored;
end
$$;
comment on function engine.store_history_messages is 'Stores the messages of one thread that are new, in the order of their time.';

create function engine.store_history_files(p_session_id uuid, p_config_id uuid, p_messages jsonb) returns void
language plpgsql
as $$
declare
  v_message jsonb;
  v_media_id uuid;
begin
  for v_message in
    select m.message from jsonb_array_elements(p_messages) as m (message) where m.message ? 'media'
  loop
    if exists (
      select from messages m
      where m.config_id = p_config_id and m.external_id = v_message ->> 'externalId'
        and m.session_id = p_session_id and m.media_id is null
    ) then
      v_media_id := engine.add_remote_media(
        p_config_id, v_message -> 'media', v_message ->> 'type', interval '10 minutes'
      );
      update messages m
      set media_id = v_media_id, type = v_message ->> 'type', content = v_message ->> 'content',
        payload = v_message -> 'payload'
      where m.config_id = p_config_id and m.external_id = v_message ->> 'externalId';
    end if;
  end loop;
end
$$;
comment on function engine.store_history_files is 'Gives old messages their files, which come after them under the same ids.';

create function engine.receive_history(p_config_id uuid, p_threads jsonb) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_thread jsonb;
  v_contact_id uuid;
  v_session_id uuid;
  v_session_ids uuid[] := '{}';
  v_stored integer := 0;
begin
  perform engine.lock_identities(p_threads);
  for v_thread in select t.thread from jsonb_array_elements(p_threads) as t (thread) loop
    v_contact_id := engine.find_contact(v_channel.channel_type, v_thread -> 'identities', '{}');
    v_session_id := engine.open_legacy_session(v_contact_id, p_config_id);
    v_stored := v_stored
      + engine.store_history_messages(v_session_id, p_config_id, v_thread -> 'messages');
    if jsonb_path_exists(v_thread, '$.messages[*].media') then
      perform engine.store_history_files(v_session_id, p_config_id, v_thread -> 'messages');
    end if;
    v_session_ids := v_session_ids || v_session_id;
  end loop;
  -- One statement for all, which the apps hear of as one event.
  update sessions s
  set message_count = told.amount, last_message_at = told.last_at, last_message_preview = told.preview,
    last_message_from = told.last_sender
  from (
    select distinct on (m.session_id) m.session_id, count(*) over whole as amount,
      max(m.external_timestamp) over whole as last_at, m.sender_type as last_sender,
      coalesce(nullif(left(m.content, 160), ''), '[' || m.type || ']') as preview
    from messages m where m.session_id = any (v_session_ids)
    window whole as (partition by m.session_id)
    order by m.session_id, m.seq desc
  ) told
  where s.id = told.session_id;
  return jsonb_build_object('stored', v_stored);
end
$$;
comment on function engine.receive_history is
  'Imports threads of before: contacts, one archived legacy conversation each, and their messages; no turn, no reply window, nothing unread. Chunks may come in any order and more than once. Returns stored.';

create function engine.receive_addresses(p_config_id uuid, p_events jsonb) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_event jsonb;
  v_name text;
  v_contact_id uuid;
  v_ids bigint[];
  v_stored integer := 0;
begin
  perform engine.lock_identities(p_events);
  for v_event in select e.event from jsonb_array_elements(p_events) as e (event) order by e.event ->> 'timestamp' loop
    v_contact_id := case v_event #>> '{body,action}'
      when 'add' then engine.find_contact(v_channel.channel_type, v_event -> 'identities', '{}')
      else engine.known_person(v_channel.channel_type, v_event -> 'identities')
    end;
    v_ids := engine.keep_channel_events(p_config_id, jsonb_build_array(v_event));
    continue when v_ids = '{}';
    v_stored := v_stored + 1;
    continue when v_contact_id is null or exists (
      select from channel_events e
      where e.contact_id = v_contact_id and e.kind = 'address' and e.occurred_at > (v_event ->> 'timestamp')::timestamptz
    );
    v_name := coalesce(v_event #>> '{body,name}', v_event #>> '{body,firstName}');
    -- The owner's own name for a person goes before what they call themselves, but not before a correction made here.
    update contacts c set name = v_name, updated_at = now()
    where c.id = v_contact_id and v_name is not null and c.name is distinct from v_name and (
      c.name is null or exists (
        select from contact_identities i
        where i.contact_id = c.id and c.name in (i.profile ->> 'name', i.profile ->> 'saved_name')
      )
    );
    update contact_identities i
    set profile = i.profile - 'saved_name' || jsonb_strip_nulls(jsonb_build_object('saved_name', v_name))
    where i.contact_id = v_contact_id and i.channel_type = v_channel.channel_type;
  end loop;
  return jsonb_build_object('stored', v_stored);
end
$$;
comment on function engine.receive_addresses is
  'Names people as the owner''s address book does. Who was taken out of it keeps what is here. Returns stored.';

revoke execute on function
  engine.open_legacy_session, engine.store_history_messages, engine.store_history_files, engine.receive_history,
  engine.receive_addresses
  from public;
grant execute on function
  engine.open_legacy_session, engine.store_history_messages, engine.store_history_files, engine.receive_history,
  engine.receive_addresses
  to engine_worker;
