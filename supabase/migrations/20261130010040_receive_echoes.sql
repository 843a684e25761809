-- What the owner typed in the phone app of the same number. Run in the tenant path that their caller has set.
-- Locks: identities (sorted), sessions (by id), then the ids of messages, as when a sent message is settled.

create function engine.hold_of(p_config_id uuid) returns interval
language plpgsql stable
as $$
declare
  v_minutes numeric;
begin
  select coalesce(
    case when jsonb_typeof(c.settings -> 'echo_hold_minutes') = 'number' then (c.settings -> 'echo_hold_minutes')::numeric end,
    case when jsonb_typeof(t.settings -> 'echo_hold_minutes') = 'number' then (t.settings -> 'echo_hold_minutes')::numeric end,
    60
  ) into v_minutes
  from public.client_configs c join public.tenants t on t.id = c.client_id where c.id = p_config_id;
  return least(greatest(v_minutes, 0), 10080) * interval '1 minute';
end
$$;
comment on function engine.hold_of is
  'How long the bot is silent after the owner answered from the phone app: echo_hold_minutes of the number, of the tenant, or 60; at most a week.';

create function engine.is_own_send(p_config_id uuid, p_session_id uuid, p_echo jsonb) returns boolean
language plpgsql
as $$
declare
  v_message_id uuid;
begin
  perform engine.lock_external_ids(p_config_id, array[p_echo ->> 'externalId']);
  if exists (
    select from messages m where m.config_id = p_config_id and m.external_id = p_echo ->> 'externalId'
  ) then
    return true;
  end if;
  -- Its POST has not been answered yet: the echo brings the id before the answer does.
  select m.id into v_message_id from messages m
  where m.session_id = p_session_id and m.direction = 'outbound' and m.status in ('sending', 'unknown')
    and m.external_id is null and m.type = p_echo ->> 'type' and m.content = p_echo ->> 'content'
  order by m.seq limit 1 for update;
  if v_message_id is null then
    return false;
  end if;
  update messages m
  set external_id = p_echo ->> 'externalId', lease_token = null, lease_until = null, error = null,
    status = case when m.status = 'unknown' then 'sending' else m.status end
  where m.id = v_message_id;
  insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
  values (tenant_id(), current_schema(), p_session_id, 'delivery', now())
  on conflict (tenant_id, session_id, work) do update set due_at = least(private.due_work.due_at, excluded.due_at);
  perform engine.apply_early_statuses(p_config_id, p_echo ->> 'externalId');
  return true;
end
$$;
comment on function engine.is_own_send is
  'Whether an echo is a message that we have: stored already, or one of ours that is being sent, which then has its id.';

create function engine.hold_session(p_session_id uuid, p_hold interval) returns void
language plpgsql
as $$
declare
  v_before record;
  v_cancelled uuid[];
  v_held_until timestamptz := now() + p_hold;
begin
  select s.holder, s.held_until, s.assigned_to into v_before from sessions s where s.id = p_session_id;
  with cancelled as (
    update messages m set status = 'cancelled', error = '{"reason": "taken_over"}'
    where m.session_id = p_session_id and m.direction = 'outbound' and m.status = 'queued' and m.sender_type = 'bot'
    returning m.id
  )
  select array_agg(c.id) into v_cancelled from cancelled c;
  -- Whom a person holds already stays theirs, for as long as they want.
  if v_before.holder = 'human' and (v_before.held_until is null or v_before.assigned_to is not null) then
    update sessions s set fence = s.fence + 1 where s.id = p_session_id;
    return;
  end if;
  update sessions s
  set holder = 'human', held_until = v_held_until, fence = s.fence + 1, updated_at = now()
  where s.id = p_session_id;
  if v_before.holder <> 'human' then
    insert into events (session_id, actor_type, name, body)
    values (p_session_id, 'agent', 'session_taken_over', jsonb_strip_nulls(jsonb_build_object(
      'from_holder', v_before.holder, 'by', 'phone_app', 'held_until', v_held_until, 'cancelled', v_cancelled
    )));
  end if;
  insert into private.jobs (tenant_id, name, payload, dedupe_key, due_at)
  values (tenant_id(), 'release_session', jsonb_build_object('session_id', p_session_id),
    format('release_session:%s:%s', p_session_id, extract(epoch from v_held_until)), v_held_until)
  on conflict do nothing;
end
$$;
comment on function engine.hold_session is
  'The owner speaks: the bot is silent until the hold has ended, what it queued is cancelled, and its release is planned. The caller has locked the session.';

create function engine.release_session(p_session_id uuid) returns jsonb
language plpgsql
as $$
declare
  v_session record;
begin
  select s.holder, s.status, s.held_until, s.assigned_to into v_session
  from sessions s where s.id = p_session_id for no key update;
  -- A later echo has planned a later release; a person may have taken over or ended the conversation.
  if not found or v_session.held_until is null or v_session.held_until > now() then
    return '{}';
  end if;
  update sessions s set held_until = null where s.id = p_session_id;
  if v_session.status <> 'open' or v_session.holder <> 'human' or v_session.assigned_to is not null then
    return '{}';
  end if;
  return engine.give_to_bot(p_session_id, 'hold_ended');
end
$$;
comment on function engine.release_session is
  'Lets the bot speak again where the owner''s hold has ended and nobody else took over, and plans a turn for what is unanswered. Returns next_due_at.';

create function engine.receive_echoes(p_config_id uuid, p_echoes jsonb, p_reopen_minutes integer) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_echo jsonb;
  v_sessions jsonb;
  v_session_ids uuid[];
  v_message_id uuid;
  v_place integer := 0;
  v_media_ids uuid[];
  v_quoted_ids uuid[];
  v_is_news boolean;
  v_stored integer := 0;
begin
  perform engine.lock_identities(p_echoes);
  v_sessions := engine.find_sessions(v_channel.channel_type, p_config_id, p_echoes, p_reopen_minutes);
  v_media_ids := engine.keep_remote_media(p_config_id, p_echoes);
  v_quoted_ids := engine.find_quoted(p_config_id, p_echoes);
  v_session_ids := array(select e::uuid from jsonb_array_elements_text(v_sessions -> 'ids') as e);

  for v_echo in select e.echo from jsonb_array_elements(p_echoes) as e (echo) loop
    v_place := v_place + 1;
    continue when v_session_ids[v_place] is null
      or engine.is_own_send(p_config_id, v_session_ids[v_place], v_echo);
    insert into messages (session_id, config_id, direction, sender_type, type, content, payload, media_id, reply_to,
      status, external_id, external_timestamp)
    values (v_session_ids[v_place], p_config_id, 'outbound', 'agent', v_echo ->> 'type', v_echo ->> 'content',
      (v_echo -> 'payload') || '{"source": "phone_app"}', v_media_ids[v_place], v_quoted_ids[v_place], 'sent',
      v_echo ->> 'externalId', least((v_echo ->> 'timestamp')::timestamptz, now()))
    on conflict (config_id, external_id) do nothing
    returning id into v_message_id;
    continue when v_message_id is null;
    v_stored := v_stored + 1;
    perform engine.apply_early_statuses(p_config_id, v_echo ->> 'externalId');

    -- Meta tells whole seconds: an echo of the same second as the question answers it.
    v_is_news := not exists (
      select from messages m
      where m.session_id = v_session_ids[v_place] and m.direction = 'inbound'
        and date_trunc('second', m.external_timestamp) > (v_echo ->> 'timestamp')::timestamptz
    );
    update sessions s
    set message_count = s.message_count + 1,
      last_message_at = case when v_is_news then now() else s.last_message_at end,
      last_message_preview = case when v_is_news
        then coalesce(nullif(left(v_echo ->> 'content', 160), ''), '[' || (v_echo ->> 'type') || ']')
        else s.last_message_preview end,
      last_message_from = case when v_is_news then 'agent' else s.last_message_from end,
      unread_count = case when v_is_news then 0 else s.unread_count end,
      updated_at = now()
    where s.id = v_session_ids[v_place];
    if v_is_news then
      perform engine.hold_session(v_session_ids[v_place], engine.hold_of(p_config_id));
    end if;
  end loop;
  return jsonb_build_object('stored', v_stored, 'duplicates', jsonb_array_length(p_echoes) - v_stored);
end
$$;
comment on function engine.receive_echoes is
  'Stores what the owner typed in the phone app as outbound; one that is newer than the customer''s last words takes the conversation over for the hold. Our own sends that come back change nothing. Returns stored and duplicates.';

revoke execute on function
  engine.hold_of, engine.is_own_send, engine.hold_session, engine.release_session, engine.receive_echoes from public;
grant execute on function
  engine.hold_of, engine.is_own_send, engine.hold_session, engine.release_session, engine.receive_echoes to engine_worker;
