-- Messages of whatever kind and number: new contacts, several at once, numbers that may not answer. One statement stores
-- all of them, whether it is one or a thousand. Runs in the tenant path that its caller has set; for how it is planned see
-- engine.store_messages.

create function engine.store_any_messages(
  p_tenant anyelement, p_config_id uuid, p_messages jsonb, p_media_ids uuid[], p_quoted_ids uuid[],
  p_reopen_minutes integer
) returns jsonb
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
  v_channel record;
  v_amount integer := jsonb_array_length(p_messages);
  v_messages jsonb[] := array(select m.message from jsonb_array_elements(p_messages) with ordinality as m (message, place)
    order by m.place);
  v_external_ids text[] := array(select m.message ->> 'externalId' from unnest(v_messages) with ordinality
    as m (message, place) order by m.place);
  v_sessions jsonb;
  v_session_ids uuid[];
  v_held uuid[];
  v_welcome uuid[];
  v_stored integer;
  v_told jsonb;
  v_waiting uuid[];
  v_tapped uuid[];
  v_next_due_at timestamptz;
begin
  -- Read here and not by whoever routed the message, which may remember what was true some seconds ago.
  v_channel := private.describe_channel(p_config_id);

  v_sessions := engine.find_sessions(v_channel.channel_type, p_config_id, p_messages, p_reopen_minutes);
  if v_channel.obstacle is null and (v_sessions -> 'has_new')::boolean and not engine.has_machine() then
    v_channel.obstacle := 'machine_missing';
  end if;
  v_session_ids := array(select i.id::uuid from jsonb_array_elements_text(v_sessions -> 'ids') as i (id));
  v_held := array(select i.id::uuid from jsonb_array_elements_text(v_sessions -> 'held') as i (id));
  v_welcome := array(select i.id::uuid from jsonb_array_elements_text(v_sessions -> 'welcome') as i (id));

  with stored as (
    insert into messages (session_id, config_id, direction, sender_type, type, content, payload, media_id, reply_to,
      status, external_id, external_timestamp)
    select v_session_ids[m.place], p_config_id, 'inbound', 'contact', m.message ->> 'type', m.message ->> 'content',
      m.message -> 'payload', p_media_ids[m.place], p_quoted_ids[m.place], 'received', m.message ->> 'externalId',
      least((m.message ->> 'timestamp')::timestamptz, now())
    from unnest(v_messages) with ordinality as m (message, place)
    where v_session_ids[m.place] is not null
    order by m.place
    on conflict (config_id, external_id) do nothing
    returning id, seq, session_id, external_id
  ), fresh as materialized (
    -- By place, since a join would go through megabytes of messages once for each. A message that comes twice in one
    -- delivery is the first of the two.
    select f.id, f.seq, f.session_id, f.message, (f.message ->> 'timestamp')::timestamptz as written_at
    from (
      select t.id, t.seq, t.session_id, v_messages[array_position(v_external_ids, t.external_id)] as message
      from stored t
    ) f
  ), newest as (
    select distinct on (f.session_id) f.session_id, f.message ->> 'externalId' as external_id,
      coalesce(nullif(left(f.message ->> 'content', 160), ''), '[' || (f.message ->> 'type') || ']') as preview,
      count(*) over whole as amount,
      -- Whether a reaction opens the channel's reply window is not documented, so it does not.
      max(least(f.written_at, now()) + interval '24 hours')
        filter (where f.message ->> 'type' not in ('reaction', 'system')) over whole as window_expires_at
    from fresh f window whole as (partition by f.session_id)
    order by f.session_id, f.seq desc
  ), raised as (
    update sessions s
    set fence = s.fence + n.amount,
      message_count = s.message_count + n.amount,
      unread_count = s.unread_count + n.amount,
      last_message_at = now(),
      last_message_preview = n.preview,
      last_message_from = 'contact',
      last_inbound_external_id = n.external_id,
      window_expires_at = greatest(s.window_expires_at, n.window_expires_at),
      updated_at = now()
    from newest n
    where s.id = n.session_id
  ), waiting as (
    -- Free text may only answer within 24 hours: a message that comes later than that is shown and left to people.
    insert into pending_messages (message_id, session_id)
    select f.id, f.session_id from fresh f
    where f.session_id = any (v_welcome) and (f.message -> 'needsAnswer')::boolean
      and f.written_at > now() - interval '24 hours'
    returning session_id
  )
  select (select count(*) from fresh),
    (select jsonb_agg(f.message - '{payload,content}'::text[] order by f.seq) from fresh f
      where (v_sessions -> 'has_known')::boolean),
    array(select distinct w.session_id from waiting w where w.session_id = any (v_held) order by 1),
    array(select distinct f.session_id from fresh f where (f.message -> 'isTap')::boolean)
    into v_stored, v_told, v_waiting, v_tapped;

  if v_told is not null then
    perform engine.keep_profiles(v_channel.channel_type, v_told);
  end if;
  if v_channel.obstacle is null then
    v_next_due_at := private.plan_turns(
      v_channel.tenant_id, v_waiting, v_tapped, v_channel.debounce, v_channel.debounce_max
    );
  elsif v_waiting <> '{}' then
    perform engine.call_people((
      select jsonb_agg(jsonb_build_object(
        'session_id', w.id, 'reason', v_channel.obstacle, 'category', 'setup', 'urgency', 'high'
      ) order by w.id)
      from unnest(v_waiting) as w (id)
    ));
  end if;
  return jsonb_build_object(
    'stored', v_stored, 'duplicates', v_amount - v_stored, 'next_due_at', v_next_due_at
  );
end
$$;
comment on function engine.store_any_messages is
  'Stores messages of whatever kind, of contacts known or new, in their order, however many. The caller holds the locks of their identities.';

revoke execute on function engine.store_any_messages from public;
grant execute on function engine.store_any_messages to engine_worker;
