-- A session that the bot cannot go on with is given to people. Runs in the tenant path that its caller has set.

create function engine.call_people(p_requests jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  perform from sessions s
  where s.id in (select r.session_id from jsonb_to_recordset(p_requests) as r (session_id uuid))
  order by s.id for no key update;

  -- The last words of the bot, where it may still speak.
  insert into messages (session_id, config_id, direction, sender_type, type, content, payload, status, turn_id)
  select s.id, s.config_id, 'outbound', 'bot', r.reply ->> 'type', r.reply ->> 'content', r.reply -> 'payload',
    'queued', r.turn_id
  from jsonb_to_recordset(p_requests) as r (session_id uuid, turn_id uuid, reply jsonb)
  join sessions s on s.id = r.session_id
  join contacts c on c.id = s.contact_id
  where jsonb_typeof(r.reply) = 'object' and s.holder = 'bot' and s.window_expires_at > v_now
    and c.opted_out_at is null and c.blocked_at is null
  order by s.id;

  insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
  select tenant_id(), current_schema(), r.session_id, 'delivery', v_now
  from jsonb_to_recordset(p_requests) as r (session_id uuid, reply jsonb)
  where jsonb_typeof(r.reply) = 'object'
  on conflict (tenant_id, session_id, work) do update
    set due_at = least(private.due_work.due_at, excluded.due_at);

  insert into escalations (session_id, reason, category, urgency, summary)
  select r.session_id, r.reason, coalesce(r.category, 'failure'), coalesce(r.urgency, 'normal'), r.summary
  from jsonb_to_recordset(p_requests)
    as r (session_id uuid, reason text, category text, urgency text, summary text)
  on conflict (session_id) where status <> 'resolved' do nothing;

  -- What the bot promised for now and could not do is a person's as well.
  with escalated as (
    update promises p set status = 'escalated', settled_at = v_now
    from jsonb_to_recordset(p_requests) as r (session_id uuid)
    where p.session_id = r.session_id and p.status = 'open' and p.doer = 'bot' and p.due_at <= v_now
    returning p.session_id, p.content, p.due_at
  )
  update escalations e set summary = concat_ws(E'\n', e.summary, d.summary), urgency = 'high'
  from (
    select x.session_id, string_agg(x.content, E'\n' order by x.due_at) as summary from escalated x group by x.session_id
  ) d
  where e.session_id = d.session_id and e.status <> 'resolved';

  insert into events (session_id, actor_type, name, body)
  select r.session_id, 'system', 'person_called', jsonb_build_object('reason', r.reason, 'category', r.category)
  from jsonb_to_recordset(p_requests) as r (session_id uuid, reason text, category text);

  update sessions s
  set holder = 'queue', fence = s.fence + 1, supersede_count = 0, updated_at = v_now
  from jsonb_to_recordset(p_requests) as r (session_id uuid)
  where s.id = r.session_id and s.holder = 'bot';

  delete from private.due_work d
  using jsonb_to_recordset(p_requests) as r (session_id uuid)
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn';
end
$$;
comment on function engine.call_people is
  'Puts sessions into the queue with an escalation and an event, says a last reply where the bot may still speak, and plans no turn for them. What is pending stays: a hand-back has it answered. What the bot promised for now is in the request.';

revoke execute on function engine.call_people from public;
grant execute on function engine.call_people to engine_worker;
