-- Ingest. Runs in the tenant path that its caller has set.
--
-- Locks: identities (sorted), sessions (by id), due work (by session). A second delivery of the same message waits at
-- its sender's identities and then finds the row: nothing at all follows from it.
--
-- Plans: one connection serves many tenants, and each change of the path would have every statement planned anew, which
-- takes as long as running it. Postgres keeps the plans of a polymorphic function apart by the types it is called with;
-- so engine.store_messages takes a null of a type that only this tenant has, and is planned once for each tenant and
-- connection. What is rare has functions of its own, planned when called.
-- A plan that is kept while its tables grow from nothing has to be the one for large tables: every row by its key, hence
-- the settings of engine.store_messages.

create function engine.keep_remote_media(p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
as $$
declare
  v_message jsonb;
  v_media_id uuid;
  v_media_ids uuid[];
begin
  for v_message in select e.message from jsonb_array_elements(p_messages) as e (message) loop
    v_media_id := null;
    if v_message ? 'media' and not exists (
      select from messages m where m.config_id = p_config_id and m.external_id = v_message ->> 'externalId'
    ) then
      insert into media (external_id, mime_type, sha256, file_name)
      values (v_message #>> '{media,externalId}', v_message #>> '{media,mimeType}', v_message #>> '{media,sha256}',
        v_message #>> '{media,fileName}')
      returning id into v_media_id;
    end if;
    v_media_ids := v_media_ids || v_media_id;
  end loop;
  return v_media_ids;
end
$$;
comment on function engine.keep_remote_media is
  'A media row for each message that brings a file and is not there yet, in the order of the messages.';

create function engine.find_quoted(p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
as $$
begin
  return array(
    select (
      select m.id from messages m where m.config_id = p_config_id and m.external_id = e.message ->> 'replyTo'
    )
    from jsonb_array_elements(p_messages) with ordinality as e (message, place)
    order by e.place
  );
end
$$;
comment on function engine.find_quoted is 'The message that each message answers, in their order, where it is known.';

create function engine.has_machine() returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from state_machines m join state_machine_versions v on v.state_machine_id = m.id
    where m.is_active and v.published_at is not null
  );
end
$$;
comment on function engine.has_machine is 'Whether there is a published machine that a new conversation can follow.';

create function engine.store_messages(
  p_tenant anyelement, p_config_id uuid, p_messages jsonb, p_reopen_minutes integer
) returns jsonb
language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_channel record;
  v_message jsonb;
  v_identity jsonb;
  v_contact_id uuid;
  v_known_id uuid;
  v_session_id uuid;
  v_session_ids uuid[];
  v_has_new boolean := false;
  v_locked uuid[];
  v_held uuid[];
  v_welcome uuid[];
  v_media_ids uuid[];
  v_quoted_ids uuid[];
  v_asking text[];
  v_taps text[];
  v_stored integer;
  v_waiting uuid[];
  v_tapped uuid[];
  v_next_due_at timestamptz;
begin
  -- Read here and not by whoever routed the message, which may remember what was true some seconds ago.
  v_channel := private.describe_channel(p_config_id);
  perform engine.lock_identities(v_channel.tenant_id, v_channel.channel_type, p_messages);

  -- Again, if a person resolved a session between finding and locking it, or a later message showed that the contact of
  -- an earlier one is another's.
  loop
    v_session_ids := '{}';
    for v_message in select e.message from jsonb_array_elements(p_messages) as e (message) loop
      -- The contact who has all of its identities.
      v_contact_id := null;
      for v_identity in select i.identity from jsonb_array_elements(v_message -> 'identities') as i (identity) loop
        select i.contact_id into v_known_id from contact_identities i
        where i.channel_type = v_channel.channel_type and i.kind = v_identity ->> 'kind'
          and i.external_id = v_identity ->> 'externalId';
        if v_known_id is null or v_known_id <> v_contact_id then
          v_contact_id := null;
          exit;
        end if;
        v_contact_id := v_known_id;
      end loop;
      select s.id into v_session_id from sessions s
      where s.contact_id = v_contact_id and s.config_id = p_config_id and s.status = 'open';
      -- A message that is there already opens nothing.
      if v_session_id is null and not exists (
        select from messages m where m.config_id = p_config_id and m.external_id = v_message ->> 'externalId'
      ) then
        v_contact_id := engine.find_contact(
          v_channel.channel_type, v_message -> 'identities', v_message -> 'profile'
        );
        v_session_id := engine.open_session(v_contact_id, p_config_id, p_reopen_minutes);
        v_has_new := true;
      end if;
      v_session_ids := v_session_ids || v_session_id;
    end loop;

    select array_agg(l.id), array_agg(l.id) filter (where l.holder = 'bot'), array_agg(l.id) filter (where l.is_welcome)
      into v_locked, v_held, v_welcome
    from (
      select s.id, s.holder, c.opted_out_at is null and c.blocked_at is null as is_welcome
      from sessions s join contacts c on c.id = s.contact_id
      where s.id = any (v_session_ids) and s.status = 'open'
      order by s.id for update of s
    ) l;
    exit when array_remove(v_session_ids, null) <@ coalesce(v_locked, '{}');
  end loop;

  if jsonb_path_exists(p_messages, '$[*].media') then
    v_media_ids := engine.keep_remote_media(p_config_id, p_messages);
  end if;
  if jsonb_path_exists(p_messages, '$[*].replyTo') then
    v_quoted_ids := engine.find_quoted(p_config_id, p_messages);
  end if;
  -- Free text may only answer within 24 hours: a message that comes later than that is shown and left to people.
  v_asking := array(
    select e.message ->> 'externalId' from jsonb_array_elements(p_messages) as e (message)
    where (e.message ->> 'needsAnswer')::boolean
      and (e.message ->> 'timestamp')::timestamptz > now() - interval '24 hours'
  );
  v_taps := array(
    select t.id #>> '{}' from jsonb_path_query(p_messages, '$[*] ? (@.isTap == true).externalId') as t (id)
  );

  with stored as (
    insert into messages (session_id, config_id, direction, sender_type, type, content, payload, media_id, reply_to,
      status, external_id, external_timestamp)
    select v_session_ids[e.place], p_config_id, 'inbound', 'contact', e.message ->> 'type',
      e.message ->> 'content', e.message -> 'payload', v_media_ids[e.place], v_quoted_ids[e.place], 'received',
      e.message ->> 'externalId', least((e.message ->> 'timestamp')::timestamptz, now())
    from jsonb_array_elements(p_messages) with ordinality as e (message, place)
    where v_session_ids[e.place] is not null
    order by e.place
    on conflict (config_id, external_id) do nothing
    returning id, session_id, seq, external_id, type, content, external_timestamp
  ), touched as (
    update sessions s
    set fence = s.fence + 1,
      message_count = s.message_count + n.amount,
      unread_count = s.unread_count + n.amount,
      last_message_at = now(),
      last_message_preview = coalesce(nullif(left(n.content, 160), ''), '[' || n.type || ']'),
      last_message_from = 'contact',
      last_inbound_external_id = n.external_id,
      window_expires_at = greatest(s.window_expires_at, n.written_at + interval '24 hours'),
      updated_at = now()
    from (
      select distinct on (t.session_id) t.session_id, t.content, t.type, t.external_id,
        count(*) over of_session as amount,
        -- Whether a reaction opens the channel's reply window is not documented, so it does not.
        max(t.external_timestamp) filter (where t.type not in ('reaction', 'system')) over of_session as written_at
      from stored t
      window of_session as (partition by t.session_id)
      order by t.session_id, t.seq desc
    ) n
    where s.id = n.session_id
  ), pending as (
    insert into pending_messages (message_id, session_id)
    select t.id, t.session_id from stored t
    where t.external_id = any (v_asking) and t.session_id = any (v_welcome)
    returning message_id, session_id
  )
  select count(*),
    array_agg(distinct t.session_id) filter (
      where t.external_id = any (v_asking) and t.session_id = any (v_welcome) and t.session_id = any (v_held)
    ),
    array_agg(distinct t.session_id) filter (where t.external_id = any (v_taps))
    into v_stored, v_waiting, v_tapped
  from stored t;

  if v_has_new and v_channel.obstacle is null and not engine.has_machine() then
    v_channel.obstacle := 'machine_missing';
  end if;
  if v_waiting is not null and v_channel.obstacle is null then
    v_next_due_at := private.plan_turns(
      v_channel.tenant_id, v_waiting, v_channel.debounce, v_channel.debounce_max
    );
    -- A tap is a finished answer: nothing more is waited for.
    if v_tapped && v_waiting then
      v_next_due_at := private.plan_turns(
        v_channel.tenant_id, array(select unnest(v_tapped) intersect select unnest(v_waiting)),
        interval '0', v_channel.debounce_max
      );
    end if;
  elsif v_waiting is not null then
    perform engine.call_people((
      select jsonb_agg(jsonb_build_object(
        'session_id', w.id, 'reason', v_channel.obstacle, 'category', 'setup', 'urgency', 'high'
      ) order by w.id)
      from unnest(v_waiting) as w (id)
    ));
  end if;
  return jsonb_build_object(
    'stored', v_stored, 'duplicates', jsonb_array_length(p_messages) - v_stored, 'next_due_at', v_next_due_at
  );
end
$$;
comment on function engine.store_messages is 'What engine.receive_messages does, planned for each tenant by itself.';

create function engine.receive_messages(p_config_id uuid, p_messages jsonb, p_reopen_minutes integer default 60)
returns jsonb
language plpgsql
as $$
begin
  return engine.store_messages(null::sessions, p_config_id, p_messages, p_reopen_minutes);
end
$$;
comment on function engine.receive_messages is
  'Stores the messages that are new, in order, and plans one turn per conversation that the bot holds. Returns stored, duplicates, next_due_at. P0002 if the channel is not of this tenant. Where nothing can answer (suspended, disabled, no published machine) people are called.';

revoke execute on function
  engine.keep_remote_media, engine.find_quoted, engine.has_machine, engine.store_messages, engine.receive_messages
  from public;
grant execute on function
  engine.keep_remote_media, engine.find_quoted, engine.has_machine, engine.store_messages, engine.receive_messages
  to engine_worker;
