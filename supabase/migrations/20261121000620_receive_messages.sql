-- Ingest. Runs in the tenant path that its caller has set.
--
-- Locks: identities (sorted), sessions (by id), due work (by session). A second delivery of the same message waits at
-- its sender's identities and then finds the row: nothing at all follows from it.

create function engine.receive_messages(p_config_id uuid, p_messages jsonb, p_reopen_minutes integer default 60)
returns jsonb
language plpgsql
as $$
declare
  v_config record;
  v_new jsonb;
  v_contact_ids uuid[];
  v_stored integer;
  v_next_due_at timestamptz;
  v_waiting uuid[];
begin
  -- Read here and not by whoever routed the message, which may remember what was true some seconds ago.
  select c.channel_type, c.schema_name, make_interval(secs => c.debounce_ms / 1000.0) as debounce,
    make_interval(secs => c.debounce_max_ms / 1000.0) as debounce_max,
    case
      when t.status <> 'active' then 'tenant_suspended'
      when not c.is_enabled then 'channel_disabled'
      when not exists (
        select from state_machines m join state_machine_versions v on v.state_machine_id = m.id
        where m.is_active and v.published_at is not null
      ) then 'machine_missing'
    end as obstacle
    into v_config
  from public.client_configs c join public.tenants t on t.id = c.client_id
  where c.id = p_config_id and c.client_id = tenant_id();
  if not found then
    raise exception 'Cannot receive for channel "%": it is not of this tenant', p_config_id using errcode = 'P0002';
  end if;

  perform engine.lock_identities(v_config.channel_type, p_messages);

  select jsonb_agg(first.message order by first.place) into v_new
  from (
    select distinct on (e.message ->> 'externalId') e.message, e.place
    from jsonb_array_elements(p_messages) with ordinality as e (message, place)
    where not exists (
      select from messages m where m.config_id = p_config_id and m.external_id = e.message ->> 'externalId'
    )
    order by e.message ->> 'externalId', e.place
  ) first;
  if v_new is null then
    return jsonb_build_object('stored', 0, 'duplicates', jsonb_array_length(p_messages), 'next_due_at', null);
  end if;

  v_contact_ids := engine.find_contacts(v_config.channel_type, v_new);
  perform engine.lock_open_sessions(v_contact_ids, p_config_id, p_reopen_minutes);

  with incoming as materialized (
    select e.place, s.id as session_id, s.holder, s.contact_id,
      c.opted_out_at is null and c.blocked_at is null as is_welcome,
      m."externalId" as external_id, least(m.timestamp, now()) as written_at, m.type, m.content, m.payload, m.media,
      m."replyTo" as reply_to, m."isTap" as is_tap, m."needsAnswer" as needs_answer,
      case when m.media is not null then gen_random_uuid() end as media_id
    from jsonb_array_elements(v_new) with ordinality as e (message, place)
    cross join lateral jsonb_to_record(e.message) as m (
      "externalId" text, timestamp timestamptz, type text, content text, payload jsonb, media jsonb, "replyTo" text,
      "isTap" boolean, "needsAnswer" boolean
    )
    join contacts c on c.id = v_contact_ids[e.place]
    join sessions s on s.contact_id = c.id and s.config_id = p_config_id and s.status = 'open'
  ), files as (
    insert into media (id, external_id, mime_type, sha256, file_name)
    select i.media_id, i.media ->> 'externalId', i.media ->> 'mimeType', i.media ->> 'sha256', i.media ->> 'fileName'
    from incoming i where i.media_id is not null
  ), stored as (
    insert into messages (session_id, config_id, direction, sender_type, sender_id, type, content, payload, media_id,
      reply_to, status, external_id, external_timestamp)
    select i.session_id, p_config_id, 'inbound', 'contact', i.contact_id, i.type, i.content, i.payload, i.media_id,
      (select r.id from messages r where r.config_id = p_config_id and r.external_id = i.reply_to),
      'received', i.external_id, i.written_at
    from incoming i order by i.place
    on conflict (config_id, external_id) do nothing
    returning id, session_id, seq, external_id
  ), fresh as materialized (
    select t.id, t.session_id, t.seq, t.external_id, i.type, i.content, i.is_tap, i.holder, i.written_at,
      -- Free text may only answer within 24 hours: a message that comes later than that is shown and left to people.
      i.needs_answer and i.is_welcome and i.written_at > now() - interval '24 hours' as needs_answer
    from stored t join incoming i on i.external_id = t.external_id
  ), counted as (
    select f.session_id, count(*) as amount,
      -- Whether a reaction opens the channel's reply window is not documented, so it does not.
      max(f.written_at) filter (where f.type not in ('reaction', 'system')) as written_at,
      (array_agg(f.external_id order by f.seq desc))[1] as external_id,
      (array_agg(coalesce(nullif(left(f.content, 160), ''), '[' || f.type || ']') order by f.seq desc))[1] as preview
    from fresh f group by f.session_id
  ), touched as (
    update sessions s
    set fence = s.fence + 1,
      message_count = s.message_count + n.amount,
      unread_count = s.unread_count + n.amount,
      last_message_at = now(),
      last_message_preview = n.preview,
      last_message_from = 'contact',
      last_inbound_external_id = n.external_id,
      window_expires_at = greatest(s.window_expires_at, n.written_at + interval '24 hours'),
      updated_at = now()
    from counted n where s.id = n.session_id
  ), pending as (
    insert into pending_messages (message_id, session_id)
    select f.id, f.session_id from fresh f where f.needs_answer
  ), due as (
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, first_due_at)
    select tenant_id(), v_config.schema_name, f.session_id, 'turn',
      now() + case when bool_or(f.is_tap) then interval '0' else v_config.debounce end, now()
    from fresh f
    where f.needs_answer and f.holder = 'bot' and v_config.obstacle is null
    group by f.session_id
    order by f.session_id
    on conflict (tenant_id, session_id, work) do update
    set first_due_at = coalesce(private.due_work.first_due_at, excluded.first_due_at),
      due_at = least(
        excluded.due_at, coalesce(private.due_work.first_due_at, excluded.first_due_at) + v_config.debounce_max
      )
    returning due_at
  )
  select (select count(*) from fresh), (select min(d.due_at) from due d),
    (select array_agg(distinct f.session_id) from fresh f where f.needs_answer and f.holder = 'bot')
    into v_stored, v_next_due_at, v_waiting;

  if v_config.obstacle is not null and v_waiting is not null then
    perform engine.call_people((
      select jsonb_agg(jsonb_build_object(
        'session_id', w.id, 'reason', v_config.obstacle, 'category', 'setup', 'urgency', 'high'
      ) order by w.id)
      from unnest(v_waiting) as w (id)
    ));
  end if;
  return jsonb_build_object(
    'stored', v_stored, 'duplicates', jsonb_array_length(p_messages) - v_stored, 'next_due_at', v_next_due_at
  );
end
$$;
comment on function engine.receive_messages is
  'Stores the messages that are new, in order, and plans one turn per conversation that the bot holds. Returns stored, duplicates, next_due_at. P0002 if the channel is not of this tenant. Where nothing can answer (suspended, disabled, no published machine) people are called.';

revoke execute on function engine.receive_messages from public;
grant execute on function engine.receive_messages to engine_worker;
