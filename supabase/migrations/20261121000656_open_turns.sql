-- Begins turns: one call opens many sessions of a tenant. Runs in the tenant path that its caller has set.
--
-- Plans are made anew whenever the path changes, so statements are few and what is rare stands behind an `if`. Which
-- sessions get a turn at all is judged by engine.judge_sessions.

create function engine.find_active_machine() returns uuid
language plpgsql stable
as $$
begin
  return (
    select v.id from state_machines m join state_machine_versions v on v.state_machine_id = m.id
    where m.is_active and v.published_at is not null
    order by v.version desc limit 1
  );
end
$$;
comment on function engine.find_active_machine is 'The newest published version of the active machine, or null.';

create function engine.find_undelivered(p_session_id uuid) returns jsonb
language plpgsql stable
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object(
      'content', coalesce(lost.content, ''), 'reason', coalesce(lost.error ->> 'meaning', lost.error ->> 'title', 'unknown')
    ) order by lost.seq)
    from (
      select m.seq, m.content, m.error from messages m
      where m.session_id = p_session_id and m.direction = 'outbound' and m.sender_type = 'bot' and m.status = 'failed'
      order by m.seq desc limit 3
    ) lost
  );
end
$$;
comment on function engine.find_undelivered is 'The newest replies that did not reach the contact, and why; oldest first.';

create function engine.open_turns(p_work jsonb, p_history_limit integer) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_judged jsonb;
  v_skipped jsonb := '[]';
  v_active uuid;
  v_sessions jsonb;
  v_notes jsonb := '{}';
begin
  -- A statement of its own: what is judged must have been read after the lock was there.
  perform from sessions s
  where s.id in (select w.session_id from jsonb_to_recordset(p_work) as w (session_id uuid))
  order by s.id for no key update;
  v_judged := engine.judge_sessions(p_work);

  if v_judged @? '$[*] ? (@.has_version == false)' then
    v_active := engine.find_active_machine();
    if v_active is null then
      select jsonb_agg(case
        when j ->> 'outcome' = 'opened' and not (j -> 'has_version')::boolean
          then j || '{"outcome": "machine_missing"}' else j
      end) into v_judged
      from jsonb_array_elements(v_judged) j;
    end if;
  end if;
  if v_judged @? '$[*] ? (@.outcome != "opened")' then
    v_skipped := jsonb_path_query_array(v_judged, '$[*] ? (@.outcome != "opened")');
    v_judged := jsonb_path_query_array(v_judged, '$[*] ? (@.outcome == "opened")');
    perform engine.skip_turns(v_skipped);
  end if;

  if v_judged @? '$[*] ? (@.has_open_turn == true)' then
    -- A turn that is still open belongs to a worker that died.
    update turns t set status = 'superseded', finished_at = v_now, error = 'worker_lost'
    from jsonb_to_recordset(v_judged) as j (session_id uuid)
    where t.session_id = j.session_id and t.status = 'open';
  end if;

  if v_judged @? '$[*] ? (@.cause == "follow_up")' then
    v_notes := engine.take_follow_ups(v_judged);
  end if;
  with raised as (
    update sessions s
    set fence = s.fence + 1, base_fence = s.fence + 1, machine_version_id = coalesce(s.machine_version_id, v_active)
    from jsonb_to_recordset(v_judged) as j (session_id uuid, read_seqs bigint[], pending_count integer, cause text)
    where s.id = j.session_id
    returning s.*, j.read_seqs, j.pending_count, j.cause
  ), begun as (
    insert into turns (session_id, fence, cause, from_state, machine_version_id, read_seqs, read_through_seq)
    select s.id, s.fence, s.cause, s.state, s.machine_version_id, s.read_seqs, s.read_seqs[cardinality(s.read_seqs)]
    from raised s
    returning id, session_id, fence
  )
  select jsonb_agg(jsonb_build_object(
    'turn_id', t.id, 'fence', t.fence, 'machine_version_id', s.machine_version_id, 'config_id', s.config_id,
    'session', jsonb_build_object(
      'id', s.id, 'state', s.state, 'variables', s.variables, 'turns_in_state', s.turns_in_state,
      'failed_turns', s.failed_turns, 'clarifications', s.clarifications, 'language', s.language, 'summary', s.summary,
      'hand_back_note', s.hand_back_note
    ),
    'promises', (
      select jsonb_agg(jsonb_build_object('content', p.content, 'due_at', p.due_at, 'doer', p.doer) order by p.due_at)
      from promises p where p.session_id = s.id and p.status = 'open'
    ),
    'contact', jsonb_build_object(
      'id', c.id, 'name', c.name, 'language', c.language, 'attributes', c.attributes,
      'escalations_today', earlier.escalations_today, 'summaries', earlier.summaries
    ),
    'finished_tools', case when s.supersede_count > 0 then (
      select d.evidence -> 'tools' from turns d
      where d.session_id = s.id and d.status = 'superseded' order by d.created_at desc limit 1
    ) end,
    'cause', s.cause,
    'note', v_notes ->> s.id::text,
    'history', coalesce(known.history, '[]'),
    'pending', coalesce(known.pending, '[]'),
    'undelivered', case when s.cause = 'delivery_failed' then engine.find_undelivered(s.id) end
  )) into v_sessions
  from begun t
  join raised s on s.id = t.session_id
  join contacts c on c.id = s.contact_id
  cross join lateral (
    select
      (select count(*) from escalations e
        where e.session_id in (select o.id from sessions o where o.contact_id = c.id)
          and e.created_at > v_now - interval '24 hours') as escalations_today,
      (select jsonb_agg(o.summary order by o.created_at desc) from (
        select o.summary, o.created_at from sessions o
        where o.contact_id = c.id and o.id <> s.id and o.summary is not null
        order by o.created_at desc limit 3
      ) o) as summaries
  ) earlier
  cross join lateral (
    select jsonb_agg(read.message order by read.seq) filter (where not read.is_pending) as history,
      -- Webhooks come in any order: the provider's time tells in which order a burst was written.
      jsonb_agg(read.message order by read.written_at, read.seq) filter (where read.is_pending) as pending
    from (
      select m.seq, coalesce(m.external_timestamp, m.created_at) as written_at, p.message_id is not null as is_pending, jsonb_build_object(
        'id', m.id, 'seq', m.seq, 'from', m.sender_type, 'type', m.type, 'content', coalesce(m.content, ''),
        'at', m.created_at, 'external_id', m.external_id,
        'payload', case when m.type = 'interactive' then m.payload end,
        'referral', m.payload -> 'referral',
        'quoted', case when m.reply_to is not null then (
          select jsonb_build_object('from', q.sender_type, 'type', q.type, 'content', left(coalesce(q.content, ''), 500))
          from messages q where q.id = m.reply_to
        ) end,
        'media', case when m.media_id is not null then (
          select jsonb_build_object('duration_ms', d.duration_ms, 'file_name', d.file_name)
          from media d where d.id = m.media_id
        ) end
      ) as message
      from messages m left join pending_messages p on p.message_id = m.id
      where m.session_id = s.id and m.direction <> 'internal' and m.status not in ('cancelled', 'failed')
        and not m.payload ? 'revoked_at'
      -- Messages that wait are among the newest.
      order by m.seq desc limit p_history_limit + s.pending_count
    ) read
  ) known;

  return jsonb_build_object(
    'now', v_now,
    'tenant', (
      select jsonb_build_object('name', t.name, 'locale', t.locale, 'time_zone', t.time_zone, 'settings', t.settings)
      from public.tenants t where t.id = tenant_id()
    ),
    'agents_online', private.count_agents_online(),
    'has_approved_answers', engine.has_approved_answers(),
    'files', engine.list_shared_files(),
    'opened', coalesce(v_sessions, '[]'),
    'skipped', v_skipped
  );
end
$$;
comment on function engine.open_turns is
  'Locks leased sessions, raises their fences, begins a turn in each where the bot may speak, and returns what the turns know.';

revoke execute on function
  engine.find_active_machine, engine.find_undelivered, engine.open_turns
  from public;
grant execute on function
  engine.find_active_machine, engine.find_undelivered, engine.open_turns
  to engine_worker;
