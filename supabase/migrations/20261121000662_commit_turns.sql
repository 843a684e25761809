-- Ends turns: everything that a turn decided, or nothing. Runs in the tenant path that its caller has set. One file, since
-- these functions are the parts of one transaction, read in the order in which engine.commit_turns calls them.

create function engine.judge_turns(p_results jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb;
begin
  -- A row that was waited for is read again once its lock is there, so the fence is the newest.
  with mine as materialized (
    select r.result, s.id, s.fence, s.base_fence, s.holder, s.status, s.supersede_count, s.contact_id
    from jsonb_array_elements(p_results) as r (result)
    join sessions s on s.id = (r.result ->> 'session_id')::uuid
    order by s.id
    for no key update of s
  )
  select jsonb_agg(s.result || jsonb_build_object(
    'is_new_language', c.language is distinct from s.result ->> 'language',
    'verdict', case
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
    end
  )) into v_judged
  from mine s
  join turns t on t.id = (s.result ->> 'turn_id')::uuid and t.fence = (s.result ->> 'fence')::bigint
  join contacts c on c.id = s.contact_id;
  return coalesce(v_judged, '[]');
end
$$;
comment on function engine.judge_turns is
  'Locks the sessions and says which turns may commit: those whose fence is the session''s own, or that only newer messages have overtaken often or long enough.';

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
    cost_usd = coalesce((r.model ->> 'costUsd')::numeric, 0),
    -- The next draft finds here what its tools came to already.
    evidence = r.evidence
  from jsonb_to_recordset(p_dropped) as r (turn_id uuid, verdict text, latency_ms integer, model jsonb, evidence jsonb)
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
  -- Whoever took over in the middle of a promise has to know of it.
  if p_dropped @? '$[*] ? (@.verdict == "overtaken" && @.cause == "promise")' then
    perform engine.escalate_promises(
      jsonb_path_query_array(p_dropped, '$[*] ? (@.verdict == "overtaken" && @.cause == "promise").session_id')
    );
  end if;
end
$$;
comment on function engine.drop_turns is 'Closes turns that may not commit and gives their sessions back.';

create function engine.queue_replies(p_committed jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_rates jsonb := p_settings -> 'rates';
  v_deliveries jsonb;
begin
  -- The first reply is claimed as it is written where nothing stands in its way: a worker that dies here is one that
  -- died while sending. Everything else goes through engine.claim_deliveries.
  with said as materialized (
    select r.turn_id, r.lease_token, r.language, r.intent, s.id as session_id, s.config_id, s.contact_id, m.message, m.place,
      pair.full_at as pair_full_at,
      m.place = 1 and s.window_expires_at > v_now and s.opted_out_at is null and s.blocked_at is null
        and (f.stopped_until > v_now) is not true
        and (pair.full_at - make_interval(secs => (v_rates ->> 'pair_seconds')::numeric * ((v_rates ->> 'pair_burst')::integer - 1))
          > v_now) is not true
        and not exists (
          select from messages q
          where q.session_id = s.id and q.direction = 'outbound' and q.status in ('queued', 'sending', 'unknown')
            and (q.status = 'queued' or q.external_id is null)
        ) as may_go
    from jsonb_to_recordset(p_committed)
      as r (turn_id uuid, session_id uuid, lease_token uuid, messages jsonb, language text, intent text)
    cross join lateral (
      select o.id, o.config_id, o.contact_id, o.window_expires_at, c.opted_out_at, c.blocked_at
      from sessions o join contacts c on c.id = o.contact_id
      where o.id = r.session_id offset 0
    ) s
    join public.client_configs f on f.id = s.config_id
    cross join lateral jsonb_array_elements(r.messages) with ordinality as m (message, place)
    left join lateral (
      select max(p.pair_full_at) as full_at
      from (
        select n.pair_full_at from messages n where n.session_id = s.id order by n.seq desc limit 30
      ) p
    ) pair on m.place = 1
    order by s.id, m.place
  ), booked as materialized (
    select g.config_id, b.first_at, b.step
    from (select s.config_id, count(*)::integer as amount from said s where s.may_go group by s.config_id order by 1) g
    cross join lateral private.book_sends(g.config_id, g.amount, v_rates) b
  ), timed as materialized (
    select s.*, b.first_at + b.step * (row_number() over (partition by s.config_id, s.may_go order by s.session_id) - 1) as slot_at
    from said s left join booked b on b.config_id = s.config_id and s.may_go
  ), judged as materialized (
    select t.*, (t.slot_at <= clock_timestamp() + engine.claims_ahead()) is true as is_claimed from timed t
  ), queued as (
    insert into messages (
      session_id, config_id, direction, sender_type, type, content, payload, turn_id, language, intent,
      status, attempts, claimed_at, lease_token, lease_until, slot_at, send_after, pair_full_at
    )
    select s.session_id, s.config_id, 'outbound', 'bot', s.message ->> 'type', s.message ->> 'content',
      s.message -> 'payload', s.turn_id, s.language, s.intent,
      case when s.is_claimed then 'sending' else 'queued' end, s.is_claimed::integer,
      case when s.is_claimed then v_now end, case when s.is_claimed then s.lease_token end,
      case when s.is_claimed
        then v_now + make_interval(secs => (p_settings ->> 'send_lease_seconds')::numeric) end,
      s.slot_at, case when not s.is_claimed then s.slot_at end,
      case when s.is_claimed
        then greatest(s.pair_full_at, v_now) + make_interval(secs => (v_rates ->> 'pair_seconds')::numeric) end
    from judged s
    order by s.session_id, s.place
    returning id, session_id, config_id, type, content, payload, lease_token, status, slot_at
  ), due as (
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, lease_token, lease_until)
    select tenant_id(), current_schema(), s.session_id, 'delivery', v_now,
      case when s.is_claimed then s.lease_token end,
      case when s.is_claimed then v_now + make_interval(secs => (p_settings ->> 'lease_seconds')::numeric) end
    from judged s where s.place = 1
    -- Nothing is in flight for a claimed reply, so the lease of whoever sent before says nothing any more.
    on conflict (tenant_id, session_id, work) do update set
      due_at = least(private.due_work.due_at, excluded.due_at),
      lease_token = coalesce(excluded.lease_token, private.due_work.lease_token),
      lease_until = coalesce(excluded.lease_until, private.due_work.lease_until)
  )
  select jsonb_agg(jsonb_build_object(
    'message_id', q.id, 'session_id', q.session_id, 'config_id', q.config_id, 'type', q.type, 'content', q.content,
    'payload', q.payload, 'attempts', 1, 'lease_token', q.lease_token, 'reply_to', null,
    'wait_ms', engine.wait_of(q.slot_at),
    'identities', (
      select jsonb_agg(jsonb_build_object('kind', i.kind, 'external_id', i.external_id) order by i.kind, i.created_at desc)
      from contact_identities i
      where i.contact_id = s.contact_id and i.channel_type = f.channel_type
    )
  )) into v_deliveries
  from queued q
  join said s on s.session_id = q.session_id and s.place = 1
  join public.client_configs f on f.id = q.config_id
  where q.status = 'sending';
  return coalesce(v_deliveries, '[]');
end
$$;
comment on function engine.queue_replies is
  'Queues the replies of turns in their order and returns those that are claimed for sending at once.';

create function engine.store_escalations(p_committed jsonb) returns void
language plpgsql
as $$
begin
  insert into escalations (session_id, reason, category, urgency, summary)
  select r.session_id, r.escalation ->> 'reason', r.escalation ->> 'category', r.escalation ->> 'urgency',
    r.escalation ->> 'summary'
  from jsonb_to_recordset(p_committed) as r (session_id uuid, escalation jsonb)
  where jsonb_typeof(r.escalation) = 'object'
  on conflict (session_id) where status <> 'resolved' do nothing;

  insert into events (session_id, actor_type, name, body)
  select r.session_id, 'bot', 'person_called', jsonb_build_object(
    'turn_id', r.turn_id, 'reason', r.escalation ->> 'reason', 'category', r.escalation ->> 'category'
  )
  from jsonb_to_recordset(p_committed) as r (session_id uuid, turn_id uuid, escalation jsonb)
  where jsonb_typeof(r.escalation) = 'object';
end
$$;
comment on function engine.store_escalations is 'Opens the requests for a person that turns decided upon.';

create function engine.store_decisions(p_committed jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  update turns t
  set status = r.status, finished_at = v_now, decision = r.decision, confidence = r.confidence, scores = r.scores,
    from_state = r.from_state, to_state = r.to_state, reason = r.reason, model = r.model ->> 'name',
    model_calls = (r.model ->> 'calls')::integer, input_tokens = (r.model ->> 'inputTokens')::integer,
    cached_tokens = (r.model ->> 'cachedTokens')::integer, output_tokens = (r.model ->> 'outputTokens')::integer,
    cost_usd = (r.model ->> 'costUsd')::numeric, latency_ms = r.latency_ms, evidence = r.evidence,
    error = r.evidence ->> 'error', language = r.language, intent = r.intent, sentiment = r.sentiment
  from jsonb_to_recordset(p_committed) as r (
    turn_id uuid, status text, decision text, confidence real, scores jsonb, from_state text, to_state text,
    reason text, model jsonb, latency_ms integer, evidence jsonb, language text, intent text, sentiment text
  )
  where t.id = r.turn_id;

  update sessions s
  set state = r.to_state,
    variables = s.variables || r.fields,
    turns_in_state = case when coalesce(s.state, r.from_state) = r.to_state then s.turns_in_state + 1 else 0 end,
    failed_turns = case when r.is_failed then s.failed_turns + 1 else 0 end,
    clarifications = case
      when r.decision = 'clarify' and not r.scores ? 'progress' then s.clarifications + 1 else 0
    end,
    summary = coalesce(r.summary, s.summary),
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
    last_message_preview = coalesce(left(r.messages -> -1 ->> 'content', 160), s.last_message_preview),
    last_message_from = case when r.messages = '[]' then s.last_message_from else 'bot' end,
    updated_at = v_now
  from jsonb_to_recordset(p_committed) as r (
    session_id uuid, decision text, from_state text, to_state text, fields jsonb, is_failed boolean, escalation jsonb,
    intent text, language text, sentiment text, topics jsonb, messages jsonb, scores jsonb, summary text
  )
  where s.id = r.session_id;

  if p_committed @? '$[*] ? (@.is_new_language == true)' then
    update contacts c set language = r.language, updated_at = v_now
    from jsonb_to_recordset(p_committed) as r (session_id uuid, language text, is_new_language boolean)
    join sessions s on s.id = r.session_id
    where c.id = s.contact_id and r.is_new_language;
  end if;
  if p_committed @? '$[*] ? (@.from_state != @.to_state)' then
    insert into events (session_id, actor_type, name, body)
    select r.session_id, 'bot', 'state_changed',
      jsonb_build_object('turn_id', r.turn_id, 'from', r.from_state, 'to', r.to_state)
    from jsonb_to_recordset(p_committed) as r (session_id uuid, turn_id uuid, from_state text, to_state text)
    where r.from_state <> r.to_state;
  end if;
  if p_committed @? '$[*].escalation ? (@.type() == "object")' then
    perform engine.store_escalations(p_committed);
  end if;
end
$$;
comment on function engine.store_decisions is
  'Writes what turns decided: the decision ledger, state and fields, language, escalations.';

create function engine.plan_next_turns(p_committed jsonb) returns void
language plpgsql
as $$
declare
  v_rest jsonb;
begin
  delete from pending_messages p
  using jsonb_to_recordset(p_committed) as r (turn_id uuid), turns t, messages m
  where t.id = r.turn_id and p.session_id = t.session_id and m.id = p.message_id and m.seq <= t.read_through_seq;

  with answered as (
    delete from private.due_work d
    using jsonb_to_recordset(p_committed) as r (session_id uuid)
    where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
      and not exists (select from pending_messages p where p.session_id = r.session_id)
      and not exists (
        select from promises p
        where p.session_id = r.session_id and p.status = 'open' and p.doer = 'bot' and p.due_at <= now()
      )
    returning d.session_id
  )
  select jsonb_agg(jsonb_build_object('session_id', r.session_id, 'lease_token', r.lease_token)) into v_rest
  from jsonb_to_recordset(p_committed) as r (session_id uuid, lease_token uuid)
  where r.session_id not in (select a.session_id from answered a);

  if v_rest is not null then
    -- What came during the turn is due when its own debounce says so.
    update private.due_work d
    set lease_token = null, lease_until = null, attempts = 0,
      cause = case when exists (select from pending_messages p where p.session_id = r.session_id) then 'messages'
        else 'promise' end,
      first_due_at = (select min(p.received_at) from pending_messages p where p.session_id = r.session_id)
    from jsonb_to_recordset(v_rest) as r (session_id uuid, lease_token uuid)
    where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn'
      and (d.lease_token = r.lease_token or d.lease_token is null);
  end if;
end
$$;
comment on function engine.plan_next_turns is
  'Takes the messages that were answered off the pending ones; what is left gets the next turn.';

create function engine.commit_turns(p_results jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_judged jsonb := engine.judge_turns(p_results, p_settings);
  v_committed jsonb := v_judged;
  v_waiting jsonb;
  v_deliveries jsonb := '[]';
begin
  if v_judged @? '$[*] ? (@.verdict != "committed")' then
    perform engine.drop_turns(jsonb_path_query_array(v_judged, '$[*] ? (@.verdict != "committed")'));
    v_committed := jsonb_path_query_array(v_judged, '$[*] ? (@.verdict == "committed")');
  end if;
  if v_committed <> '[]' then
    v_deliveries := engine.queue_replies(v_committed, p_settings);
    perform engine.store_decisions(v_committed);
    if v_committed @? '$[*].effects[*]' then
      perform engine.apply_effects(v_committed);
    end if;
    if v_committed @? '$[*].evidence ? (exists(@.canonicalId) || exists(@.contradictedIds))' then
      perform engine.follow_canonical_answers(v_committed);
    end if;
    if v_committed @? '$[*] ? (@.cause == "promise")' then
      perform engine.settle_promises(v_committed);
    end if;
    perform engine.plan_next_turns(v_committed);
    if v_committed @? '$[*].effects[*] ? (@.kind == "schedule_follow_up")' then
      perform engine.plan_follow_ups(v_committed);
    end if;

    select jsonb_agg(r) into v_waiting from jsonb_array_elements(v_committed) r
    where r -> 'messages' <> '[]'
      and r ->> 'session_id' not in (select d ->> 'session_id' from jsonb_array_elements(v_deliveries) d);
    if v_waiting is not null then
      v_deliveries := v_deliveries || engine.claim_deliveries(v_waiting, p_settings);
    end if;
  end if;
  -- Last, since every settled turn of the tenant waits for this lock.
  if v_judged @? '$[*] ? (@.is_reserved == true)' then
    perform engine.settle_budgets(v_judged);
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

  update turns t
  set status = 'failed', finished_at = v_now, error = r.error, latency_ms = r.latency_ms, model = r.model ->> 'name',
    model_calls = coalesce((r.model ->> 'calls')::integer, 0),
    input_tokens = coalesce((r.model ->> 'inputTokens')::integer, 0),
    cached_tokens = coalesce((r.model ->> 'cachedTokens')::integer, 0),
    output_tokens = coalesce((r.model ->> 'outputTokens')::integer, 0),
    cost_usd = coalesce((r.model ->> 'costUsd')::numeric, 0)
  from jsonb_to_recordset(p_failures) as r (turn_id uuid, error text, latency_ms integer, model jsonb)
  where t.id = r.turn_id and t.status = 'open';

  -- 1, 2, 4, 8 times the first pause.
  update private.due_work d
  set lease_token = null, lease_until = null, attempts = d.attempts + 1,
    due_at = v_now + make_interval(secs => (p_settings ->> 'backoff_seconds')::numeric * power(2, least(d.attempts, 10)))
  from jsonb_to_recordset(p_failures) as r (session_id uuid, lease_token uuid)
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'turn' and d.lease_token = r.lease_token;

  if p_failures @? '$[*] ? (@.is_reserved == true)' then
    perform engine.settle_budgets(p_failures);
  end if;
end
$$;
comment on function engine.retry_turns is
  'Closes turns that failed, with what they cost all the same, and makes their sessions due again after a growing pause.';

revoke execute on function
  engine.judge_turns, engine.drop_turns, engine.queue_replies, engine.store_escalations, engine.store_decisions,
  engine.plan_next_turns, engine.commit_turns, engine.retry_turns
  from public;
grant execute on function
  engine.judge_turns, engine.drop_turns, engine.queue_replies, engine.store_escalations, engine.store_decisions,
  engine.plan_next_turns, engine.commit_turns, engine.retry_turns
  to engine_worker;
