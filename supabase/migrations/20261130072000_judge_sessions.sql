-- Which sessions may get a turn, and what becomes of those that may not; called by engine.open_turns. Runs in the tenant
-- path that its caller has set.

create function engine.judge_sessions(p_work jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb;
begin
  select jsonb_agg(jsonb_build_object(
    'session_id', s.id,
    'read_seqs', pending.read_seqs,
    'pending_count', pending.amount,
    -- Who was to be reminded and has written is answered.
    'cause', case when d.cause = 'follow_up' and pending.amount > 0 then 'messages' else d.cause end,
    'has_open_turn', exists (select from turns o where o.session_id = s.id and o.status = 'open'),
    'has_version', s.machine_version_id is not null,
    'outcome', case
      when pending.amount = 0 and (d.cause = 'messages' or d.cause = 'promise' and not promised.is_due)
        then 'nothing_pending'
      when pending.amount = 0 and d.cause = 'follow_up' and not engine.has_follow_up(s.id, s.fence) then 'nothing_pending'
      when s.status <> 'open' then 'session_closed'
      when s.holder <> 'bot' then 'holder_not_bot'
      when c.blocked_at is not null then 'contact_blocked'
      when c.opted_out_at is not null then 'contact_opted_out'
      when s.window_expires_at is null or s.window_expires_at <= now() then 'window_closed'
      when t.status <> 'active' then 'tenant_suspended'
      when not f.is_enabled then 'channel_disabled'
      when f.stopped_until > now() then 'channel_stopped'
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
    select coalesce(array_agg(m.seq order by m.seq), '{}') as read_seqs, count(*) as amount
    from pending_messages p join messages m on m.id = p.message_id where p.session_id = s.id
  ) pending
  cross join lateral (
    select exists (
      select from promises p where p.session_id = s.id and p.status = 'open' and p.doer = 'bot' and p.due_at <= now()
    ) as is_due
  ) promised;
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
      'session_id', j.session_id, 'reason', j.outcome, 'category', 'setup', 'urgency', 'high'
    ))
    from jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
    where j.outcome in ('tenant_suspended', 'channel_disabled', 'channel_stopped', 'machine_missing')
  ))
  where p_judged @? '$[*] ? (@.outcome == "tenant_suspended" || @.outcome == "channel_disabled" || @.outcome == "channel_stopped" || @.outcome == "machine_missing")';

  insert into events (session_id, actor_type, name, body)
  select j.session_id, 'system', 'turn_skipped', jsonb_build_object('reason', j.outcome)
  from jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
  where j.outcome <> 'nothing_pending';

  -- A person who holds the session may hand it back; then the bot answers what they left.
  delete from pending_messages p
  using jsonb_to_recordset(p_judged) as j (session_id uuid, outcome text)
  where p.session_id = j.session_id
    and j.outcome in ('session_closed', 'contact_blocked', 'contact_opted_out', 'window_closed');

  -- What the bot promised and may not say is a person's now.
  perform engine.escalate_promises(jsonb_path_query_array(p_judged, '$[*] ? (@.outcome != "nothing_pending").session_id'))
  where p_judged @? '$[*] ? (@.outcome != "nothing_pending" && @.outcome != "session_closed" && @.pending_count == 0)';

  delete from private.due_work d
  using jsonb_to_recordset(p_judged) as j (session_id uuid)
  where d.tenant_id = tenant_id() and d.session_id = j.session_id and d.work = 'turn';
end
$$;
comment on function engine.skip_turns is 'Records why sessions get no turn and cleans up their due rows.';

-- `security definer` because workers read no members. Its plan stays cached, as it would not in the caller's path.
create function private.count_agents_online() returns integer
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select case when count(*) > 0 then count(*) filter (where private.availability_now(m.availability, m.last_used_at) = 'online') end
    from public.tenants t join public.tenant_members m on m.tenant_id = t.id
    where t.schema_name = left(current_setting('role'), -7)
  );
end
$$;
comment on function private.count_agents_online is
  'How many people of the calling worker''s tenant are there; null for a tenant without members, whose people answer elsewhere, such as from the phone app.';

revoke execute on function engine.judge_sessions, engine.skip_turns, private.count_agents_online from public;
grant execute on function engine.judge_sessions, engine.skip_turns, private.count_agents_online to engine_worker;
