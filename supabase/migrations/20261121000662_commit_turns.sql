-- Ends turns: everything that a turn decided, or nothing. Runs in the tenant path that its caller has set.

create function engine.judge_turns(p_results jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb;
begin
  select jsonb_agg(r.result || jsonb_build_object('verdict', case
    when t.status <> 'open' then 'superseded'
    when s.holder <> 'bot' or s.status <> 'open' then 'overtaken'
    when s.fence = t.fence then 'committed'
    -- Only newer messages have come since. They wait for the next turn once this session has waited long enough.
    when s.base_fence = t.fence and (
      s.supersede_count >= (p_settings ->> 'supersede_limit')::integer
      or exists (
        select from pending_messages p join messages m on m.id = p.message_id
        where p.session_id = s.id and m.seq <= t.read_through_seq
          and p.received_at <= now() - make_interval(secs => (p_settings ->> 'supersede_max_seconds')::numeric)
      )
    ) then 'committed'
    else 'superseded'
  end)) into v_judged
  from jsonb_array_elements(p_results) as r (result)
  join turns t on t.id = (r.result ->> 'turn_id')::uuid and t.fence = (r.result ->> 'fence')::bigint
  join sessions s on s.id = t.session_id;
  return coalesce(v_judged, '[]');
end
$$;
comment on function engine.judge_turns is
  'Says which turns may commit: those whose fence is the session''s own, or that only newer messages have overtaken often or long enough.';

create function engine.drop_turns(p_dropped jsonb) returns void
language plpgsql
as $$
begin
  -- A turn that somebody else closed was a zombie; only what newer messages overtook counts towards the limit.
  update sessions s set supersede_count = s.supersede_count + 1
  from jsonb_to_recordset(p_dropped) as r (turn_id uuid, verdict text)
  join turns t on t.id = r.turn_id and t.status = 'open'
  where s.id = t.session_id and r.verdict = 'superseded' and s.base_fence = t.fence;

  update turns t
  set status = 'superseded', finished_at = now(), error = r.verdict, latency_ms = r.latency_ms,
    model = r.model ->> 'name', model_calls = coalesce((r.model ->> 'calls')::integer, 0),
    input_tokens = coalesce((r.model ->> 'inputTokens')::integer, 0),
    cached_tokens = coalesce((r.model ->> 'cachedTokens')::integer, 0),
    output_tokens = coalesce((r.model ->> 'outputTokens')::integer, 0),
    cost_usd = coalesce((r.model ->> 'costUsd')::numeric, 0)
  from jsonb_to_recordset(p_dropped) as r (turn_id uuid, verdict text, latency_ms integer, model jsonb)
  where t.id = r.turn_id and t.status = 'open';

  -- Due again when the newest message's debounce says so; not at all where people speak now.
  update private.due_work d set lease_token = null, lease_until = null
  from jsonb_to_recordset(p_dropped) as r (session_id uuid, lease_token uuid, verdict text)
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
    and d.lease_token = r.lease_token and r.verdict = 'superseded';
  delete from private.due_work d
  using jsonb_to_recordset(p_dropped) as r (session_id uuid, lease_token uuid, verdict text)
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
    and d.lease_token = r.lease_token and r.verdict = 'overtaken';
end
$$;
comment on function engine.drop_turns is 'Closes turns that may not commit and gives their sessions back.';

create function engine.store_decisions(p_committed jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  insert into messages (
    session_id, config_id, direction, sender_type, type, content, payload, status, turn_id, language, intent
  )
  select s.id, s.config_id, 'outbound', 'bot', said.message ->> 'type', said.message ->> 'content',
    said.message -> 'payload', 'queued', r.turn_id, r.language, r.intent
  from jsonb_to_recordset(p_committed)
    as r (turn_id uuid, session_id uuid, messages jsonb, language text, intent text)
  join sessions s on s.id = r.session_id
  cross join lateral jsonb_array_elements(r.messages) with ordinality as said (message, place)
  order by s.id, said.place;

  update turns t
  set status = r.status, finished_at = v_now, decision = r.decision, confidence = r.confidence, scores = r.scores,
    from_state = r.from_state, to_state = r.to_state, reason = r.reason, model = r.model ->> 'name',
    model_calls = (r.model ->> 'calls')::integer, input_tokens = (r.model ->> 'inputTokens')::integer,
    cached_tokens = (r.model ->> 'cachedTokens')::integer, output_tokens = (r.model ->> 'outputTokens')::integer,
    cost_usd = (r.model ->> 'costUsd')::numeric, latency_ms = r.latency_ms, evidence = r.evidence,
    error = r.evidence ->> 'error'
  from jsonb_to_recordset(p_committed) as r (
    turn_id uuid, status text, decision text, confidence real, scores jsonb, from_state text, to_state text,
    reason text, model jsonb, latency_ms integer, evidence jsonb
  )
  where t.id = r.turn_id;

  insert into escalations (session_id, reason, category, urgency, summary)
  select r.session_id, r.escalation ->> 'reason', r.escalation ->> 'category', r.escalation ->> 'urgency',
    r.escalation ->> 'summary'
  from jsonb_to_recordset(p_committed) as r (session_id uuid, escalation jsonb)
  where jsonb_typeof(r.escalation) = 'object'
  on conflict (session_id) where status <> 'resolved' do nothing;

  insert into events (session_id, actor_type, name, body)
  select r.session_id, 'bot', happened.name, happened.body
  from jsonb_to_recordset(p_committed)
    as r (session_id uuid, turn_id uuid, from_state text, to_state text, escalation jsonb)
  cross join lateral (
    select 'state_changed' as name,
      jsonb_build_object('turn_id', r.turn_id, 'from', r.from_state, 'to', r.to_state) as body
    where r.from_state <> r.to_state
    union all
    select 'person_called', jsonb_build_object(
      'turn_id', r.turn_id, 'reason', r.escalation ->> 'reason', 'category', r.escalation ->> 'category'
    )
    where jsonb_typeof(r.escalation) = 'object'
  ) happened;

  update contacts c set language = r.language, updated_at = v_now
  from jsonb_to_recordset(p_committed) as r (session_id uuid, language text)
  join sessions s on s.id = r.session_id
  where c.id = s.contact_id and c.language is distinct from r.language;

  update sessions s
  set state = r.to_state,
    variables = s.variables || r.fields,
    turns_in_state = case when coalesce(s.state, r.from_state) = r.to_state then s.turns_in_state + 1 else 0 end,
    failed_turns = case when r.is_failed then s.failed_turns + 1 else 0 end,
    supersede_count = 0,
    holder = case
      when jsonb_typeof(r.escalation) = 'object' or r.decision in ('escalate', 'queue') then 'queue' else s.holder
    end,
    intent = r.intent, language = r.language, sentiment = r.sentiment,
    topics = case when r.topics = '[]' then s.topics else (
      select array_agg(distinct topic) from (
        select unnest(s.topics) union all select jsonb_array_elements_text(r.topics)
      ) as all_topics (topic)
    ) end,
    message_count = s.message_count + jsonb_array_length(r.messages),
    last_message_at = case when r.messages = '[]' then s.last_message_at else v_now end,
    last_message_preview = coalesce(left(r.messages -> -1 ->> 'content', 200), s.last_message_preview),
    last_message_from = case when r.messages = '[]' then s.last_message_from else 'bot' end,
    updated_at = v_now
  from jsonb_to_recordset(p_committed) as r (
    session_id uuid, decision text, from_state text, to_state text, fields jsonb, is_failed boolean, escalation jsonb,
    intent text, language text, sentiment text, topics jsonb, messages jsonb
  )
  where s.id = r.session_id;
end
$$;
comment on function engine.store_decisions is
  'Writes what turns decided: queued replies in their order, the decision ledger, escalations, state and fields.';

create function engine.plan_next_turns(p_committed jsonb) returns void
language plpgsql
as $$
begin
  delete from pending_messages p
  using jsonb_to_recordset(p_committed) as r (turn_id uuid), turns t, messages m
  where t.id = r.turn_id and p.session_id = t.session_id and m.id = p.message_id and m.seq <= t.read_through_seq;

  with rest as (
    select r.session_id, r.lease_token,
      (select min(p.received_at) from pending_messages p where p.session_id = r.session_id) as first_received_at
    from jsonb_to_recordset(p_committed) as r (session_id uuid, lease_token uuid)
  ), answered as (
    delete from private.due_work d using rest r
    where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
      and r.first_received_at is null
  )
  -- What came during the turn is due when its own debounce says so.
  update private.due_work d
  set lease_token = null, lease_until = null, attempts = 0, first_due_at = r.first_received_at
  from rest r
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
    and r.first_received_at is not null
    and (d.lease_token = r.lease_token or d.lease_token is null);
end
$$;
comment on function engine.plan_next_turns is
  'Takes the messages that were answered off the pending ones; what is left gets the next turn.';

create function engine.commit_turns(p_results jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb;
  v_committed jsonb;
  v_dropped jsonb;
  v_to_send jsonb;
  v_deliveries jsonb := '[]';
begin
  perform from sessions s
  where s.id in (select r.session_id from jsonb_to_recordset(p_results) as r (session_id uuid))
  order by s.id for no key update;

  v_judged := engine.judge_turns(p_results, p_settings);
  v_committed := jsonb_path_query_array(v_judged, '$[*] ? (@.verdict == "committed")');
  v_dropped := jsonb_path_query_array(v_judged, '$[*] ? (@.verdict != "committed")');
  if v_dropped <> '[]' then
    perform engine.drop_turns(v_dropped);
  end if;
  if v_committed <> '[]' then
    perform engine.store_decisions(v_committed);
    perform engine.plan_next_turns(v_committed);

    v_to_send := jsonb_path_query_array(v_committed, '$[*] ? (@.messages.size() > 0)');
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
    select tenant_id(), current_schema(), r.session_id, 'delivery', now()
    from jsonb_to_recordset(v_to_send) as r (session_id uuid)
    order by r.session_id
    on conflict (tenant_id, session_id, work) do update
      set due_at = least(private.due_work.due_at, excluded.due_at);
    -- The first reply is claimed in the same transaction: a worker that dies here is one that died while sending.
    v_deliveries := engine.claim_deliveries(v_to_send, p_settings);
  end if;

  return jsonb_build_object(
    'turns', (
      select coalesce(jsonb_agg(jsonb_build_object('turn_id', j ->> 'turn_id', 'verdict', j ->> 'verdict')), '[]')
      from jsonb_array_elements(v_judged) as j
    ),
    'deliveries', v_deliveries
  );
end
$$;
comment on function engine.commit_turns is
  'Commits each turn whose fence still holds: replies, state, fields, escalation, delivery work; the others are closed as superseded. Returns verdicts and what is to be sent at once.';

create function engine.retry_turns(p_failures jsonb, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  perform from sessions s
  where s.id in (select r.session_id from jsonb_to_recordset(p_failures) as r (session_id uuid))
  order by s.id for no key update;

  update turns t set status = 'failed', finished_at = v_now, error = r.error, latency_ms = r.latency_ms
  from jsonb_to_recordset(p_failures) as r (turn_id uuid, error text, latency_ms integer)
  where t.id = r.turn_id and t.status = 'open';

  -- 1, 2, 4, 8 times the first pause.
  update private.due_work d
  set lease_token = null, lease_until = null, attempts = d.attempts + 1,
    due_at = v_now + make_interval(secs => (p_settings ->> 'backoff_seconds')::numeric * power(2, least(d.attempts, 10)))
  from jsonb_to_recordset(p_failures) as r (session_id uuid, lease_token uuid)
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn' and d.lease_token = r.lease_token;
end
$$;
comment on function engine.retry_turns is 'Closes turns that failed and makes their sessions due again after a growing pause.';

revoke execute on function
  engine.judge_turns, engine.drop_turns, engine.store_decisions, engine.plan_next_turns, engine.commit_turns,
  engine.retry_turns
  from public;
grant execute on function
  engine.judge_turns, engine.drop_turns, engine.store_decisions, engine.plan_next_turns, engine.commit_turns,
  engine.retry_turns
  to engine_worker;
