-- What happens when a promise is due. Runs in the tenant path that its caller has set.

create function engine.escalate_promises(p_session_ids jsonb) returns void
language plpgsql
as $$
-- The sessions are locked by the caller.
declare
  v_due jsonb;
begin
  with settled as (
    update promises p set status = 'escalated', settled_at = now()
    where p.session_id in (select i::uuid from jsonb_array_elements_text(p_session_ids) as i)
      and p.status = 'open' and p.due_at <= now()
    returning p.session_id, p.content, p.due_at
  )
  select jsonb_agg(d) into v_due
  from (
    select s.session_id, 'A promise to the customer is due' as reason, 'promise' as category, 'high' as urgency,
      string_agg(s.content, E'\n' order by s.due_at) as summary
    from settled s group by s.session_id
  ) d;
  if v_due is null then
    return;
  end if;
  -- Where a request waits already, what is due stands in it as well.
  -- Whoever has it is told again.
  update escalations e
  set summary = concat_ws(E'\n', e.summary, d.summary), urgency = 'high', alert_round = e.alert_round + 1,
    alert_cause = 'promise', acknowledged_at = null, acknowledged_by = null
  from jsonb_to_recordset(v_due) as d (session_id uuid, summary text)
  where e.session_id = d.session_id and e.status <> 'resolved';
  perform engine.call_people(v_due);
end
$$;
comment on function engine.escalate_promises is 'Calls people for what is due in these sessions and the bot cannot do.';

create function engine.keep_promise(p_promise_id uuid) returns jsonb
language plpgsql
as $$
declare
  v_session record;
  v_doer text;
begin
  select s.id, s.status, s.holder, s.contact_id, s.config_id into v_session
  from sessions s join promises p on p.session_id = s.id
  where p.id = p_promise_id for no key update of s;
  select p.doer into v_doer from promises p
  where p.id = p_promise_id and p.status = 'open' and p.due_at <= now() for no key update;
  if not found then
    return '{}';
  end if;
  if v_session.status <> 'open' then
    -- The contact may have written again since: what was promised is due where they are now.
    perform from sessions s
    where s.contact_id = v_session.contact_id and s.config_id = v_session.config_id and s.status = 'open'
    for no key update;
    if found then
      update promises p set session_id = s.id from sessions s
      where p.id = p_promise_id and s.contact_id = v_session.contact_id and s.config_id = v_session.config_id
        and s.status = 'open';
      return engine.keep_promise(p_promise_id);
    end if;
    update sessions s set status = 'open', resolved_at = null, holder = 'bot', fence = s.fence + 1, updated_at = now()
    where s.id = v_session.id;
    v_session.holder := 'bot';
  end if;
  if v_doer = 'bot' and v_session.holder = 'bot' and exists (
    select from sessions s join contacts c on c.id = s.contact_id
    where s.id = v_session.id and s.window_expires_at > now() and c.opted_out_at is null and c.blocked_at is null
  ) then
    insert into private.due_work as d (tenant_id, schema_name, session_id, work, due_at, cause)
    values (tenant_id(), current_schema(), v_session.id, 'turn', now(), 'promise')
    on conflict (tenant_id, session_id, work) do update set cause = 'promise', due_at = least(d.due_at, now());
    return jsonb_build_object('next_due_at', now());
  end if;
  perform engine.escalate_promises(jsonb_build_array(v_session.id));
  return '{}';
end
$$;
comment on function engine.keep_promise is
  'A promise is due: plans the turn in which the bot keeps it, or calls a person. One that is settled, moved or not due yet changes nothing. Returns next_due_at.';

create function engine.settle_promises(p_committed jsonb) returns void
language plpgsql
as $$
begin
  with settled as (
    update promises p
    set status = case when r.decision in ('escalate', 'queue') then 'escalated' else 'kept' end, settled_at = now()
    from jsonb_to_recordset(p_committed) as r (turn_id uuid, decision text)
    join turns t on t.id = r.turn_id
    where t.cause = 'promise' and p.session_id = t.session_id and p.status = 'open' and p.doer = 'bot'
      and p.due_at <= t.created_at
    returning p.session_id, p.status, p.content, p.due_at
  )
  update escalations e set summary = concat_ws(E'\n', e.summary, d.summary), urgency = 'high'
  from (
    select s.session_id, string_agg(s.content, E'\n' order by s.due_at) as summary
    from settled s where s.status = 'escalated' group by s.session_id
  ) d
  where e.session_id = d.session_id and e.status <> 'resolved';
end
$$;
comment on function engine.settle_promises is 'What a turn with cause promise was about is kept, or a person has it now and reads it in the request.';

revoke execute on function engine.escalate_promises, engine.keep_promise, engine.settle_promises from public;
grant execute on function engine.escalate_promises, engine.keep_promise, engine.settle_promises to engine_worker;
