-- Begins turns: one call opens many sessions of a tenant. Runs in the tenant path that its caller has set.

create function engine.judge_sessions(p_work jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb;
begin
  select jsonb_agg(jsonb_build_object(
    'session_id', s.id,
    'read_through_seq', pending.read_through_seq,
    'machine_version_id', coalesce(s.machine_version_id, active.id),
    'outcome', case
      when pending.read_through_seq is null then 'nothing_pending'
      when s.status <> 'open' then 'session_closed'
      when s.holder <> 'bot' then 'holder_not_bot'
      when c.blocked_at is not null then 'contact_blocked'
      when c.opted_out_at is not null then 'contact_opted_out'
      when s.window_expires_at is null or s.window_expires_at <= now() then 'window_closed'
      when t.status <> 'active' then 'tenant_suspended'
      when not f.is_enabled then 'channel_disabled'
      when coalesce(s.machine_version_id, active.id) is null then 'no_machine'
      else 'opened'
    end
  )) into v_judged
  from jsonb_to_recordset(p_work) as w (session_id uuid, lease_token uuid)
  join private.due_work d
    on d.tenant_id = tenant_id() and d.session_id = w.session_id and d.work = 'turn' and d.lease_token = w.lease_token
  join public.tenants t on t.id = d.tenant_id
  join sessions s on s.id = w.session_id
  join contacts c on c.id = s.contact_id
  join public.client_configs f on f.id = s.config_id
  cross join lateral (
    select max(m.seq) as read_through_seq
    from pending_messages p join messages m on m.id = p.message_id where p.session_id = s.id
  ) pending
  left join lateral (
    select v.id from state_machines sm join state_machine_versions v on v.state_machine_id = sm.id
    where sm.is_active and v.published_at is not null
    order by v.version desc limit 1
  ) active on s.machine_version_id is null;
  return coalesce(v_judged, '[]');
end
$$;
comment on function engine.judge_sessions is
  'Says for each leased session whether the bot may take a turn now, and if not why. Nothing for a session whose lease is another''s.';

create function engine.skip_turns(p_judged jsonb) returns void
language plpgsql
as $$
begin
  perform engine.call_people((
    select jsonb_agg(jsonb_build_object(
      'session_id', j.session_id, 'reason', j.outcome, 'category', 'failure', 'urgency', 'high'
    ))
    from jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
    where j.outcome in ('tenant_suspended', 'channel_disabled', 'no_machine')
  ))
  where p_judged @? '$[*] ? (@.outcome == "tenant_suspended" || @.outcome == "channel_disabled" || @.outcome == "no_machine")';

  insert into events (session_id, actor_type, name, body)
  select j.session_id, 'system', 'turn_skipped', jsonb_build_object('reason', j.outcome)
  from jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
  where j.outcome not in ('opened', 'nothing_pending');

  -- A person who holds the session may hand it back; then the bot answers what they left.
  delete from pending_messages p
  using jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
  where p.session_id = j.session_id
    and j.outcome in ('session_closed', 'contact_blocked', 'contact_opted_out', 'window_closed');

  delete from private.due_work d
  using jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
  where d.tenant_id = tenant_id() and d.session_id = j.session_id and d.work = 'turn' and j.outcome <> 'opened';
end
$$;
comment on function engine.skip_turns is 'Records why sessions get no turn and cleans up their due rows.';

create function engine.open_turns(p_work jsonb, p_history_limit integer) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_judged jsonb;
  v_sessions jsonb;
begin
  perform from sessions s
  where s.id in (select w.session_id from jsonb_to_recordset(p_work) as w (session_id uuid))
  order by s.id for no key update;
  v_judged := engine.judge_sessions(p_work);
  if v_judged @? '$[*] ? (@.outcome != "opened")' then
    perform engine.skip_turns(v_judged);
  end if;

  -- A turn that is still open belongs to a worker that died.
  update turns t set status = 'superseded', finished_at = v_now, error = 'worker_lost'
  from jsonb_to_recordset(v_judged) as j (session_id uuid, outcome text)
  where t.session_id = j.session_id and t.status = 'open' and j.outcome = 'opened';

  update sessions s
  set fence = s.fence + 1, base_fence = s.fence + 1, machine_version_id = j.machine_version_id
  from jsonb_to_recordset(v_judged) as j (session_id uuid, outcome text, machine_version_id uuid)
  where s.id = j.session_id and j.outcome = 'opened';

  insert into turns (session_id, fence, from_state, machine_version_id, read_through_seq)
  select s.id, s.fence, s.state, s.machine_version_id, j.read_through_seq
  from jsonb_to_recordset(v_judged) as j (session_id uuid, outcome text, read_through_seq bigint)
  join sessions s on s.id = j.session_id
  where j.outcome = 'opened';

  select jsonb_agg(jsonb_build_object(
    'turn_id', t.id, 'fence', t.fence, 'machine_version_id', t.machine_version_id, 'config_id', s.config_id,
    'session', jsonb_build_object(
      'id', s.id, 'state', s.state, 'variables', s.variables, 'turns_in_state', s.turns_in_state,
      'failed_turns', s.failed_turns, 'language', s.language, 'summary', s.summary
    ),
    'contact', jsonb_build_object('id', c.id, 'name', c.name, 'language', c.language, 'attributes', c.attributes),
    'history', said.messages,
    'pending', asked.messages
  )) into v_sessions
  from jsonb_to_recordset(v_judged) as j (session_id uuid, outcome text)
  join sessions s on s.id = j.session_id
  join contacts c on c.id = s.contact_id
  join turns t on t.session_id = s.id and t.status = 'open'
  cross join lateral (
    select jsonb_agg(engine.message_for_turn(
      m.id, m.seq, m.sender_type, m.type, m.content, m.payload, m.media_id, m.external_id, m.created_at
    ) order by m.seq) as messages
    from pending_messages p join messages m on m.id = p.message_id where p.session_id = s.id
  ) asked
  cross join lateral (
    select coalesce(jsonb_agg(engine.message_for_turn(
      m.id, m.seq, m.sender_type, m.type, m.content, m.payload, m.media_id, m.external_id, m.created_at
    ) order by m.seq), '[]') as messages
    from (
      select * from messages m
      where m.session_id = s.id and m.direction <> 'internal' and m.status not in ('cancelled', 'failed')
        and not exists (select from pending_messages p where p.message_id = m.id)
      order by m.seq desc limit p_history_limit
    ) m
  ) said
  where j.outcome = 'opened';

  return jsonb_build_object(
    'now', v_now,
    'tenant', (
      select jsonb_build_object('name', t.name, 'locale', t.locale, 'time_zone', t.time_zone, 'settings', t.settings)
      from public.tenants t where t.id = tenant_id()
    ),
    'opened', coalesce(v_sessions, '[]'),
    'skipped', (
      select coalesce(jsonb_agg(j), '[]') from jsonb_array_elements(v_judged) j where j ->> 'outcome' <> 'opened'
    )
  );
end
$$;
comment on function engine.open_turns is
  'Locks leased sessions, raises their fences, begins a turn in each where the bot may speak, and returns what the turns know.';

create function engine.message_for_turn(
  p_id uuid, p_seq bigint, p_sender_type text, p_type text, p_content text, p_payload jsonb, p_media_id uuid,
  p_external_id text, p_created_at timestamptz
) returns jsonb
language plpgsql stable
as $$
begin
  return jsonb_build_object(
    'id', p_id, 'seq', p_seq, 'from', p_sender_type, 'type', p_type, 'content', coalesce(p_content, ''),
    'at', p_created_at, 'external_id', p_external_id,
    'payload', case when p_type = 'interactive' then p_payload end,
    'media', case when p_media_id is not null then (
      select jsonb_build_object('duration_ms', d.duration_ms, 'file_name', d.file_name) from media d where d.id = p_media_id
    ) end
  );
end
$$;
comment on function engine.message_for_turn is 'A message as the engine''s snapshot reads it.';

revoke execute on function engine.judge_sessions, engine.skip_turns, engine.open_turns, engine.message_for_turn from public;
grant execute on function engine.judge_sessions, engine.skip_turns, engine.open_turns, engine.message_for_turn
  to engine_worker;
