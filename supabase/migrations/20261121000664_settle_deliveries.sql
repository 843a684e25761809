-- What a POST came to. Runs in the tenant path that its caller has set.

create function engine.store_acceptances(p_outcomes jsonb) returns void
language plpgsql
as $$
begin
  -- Before the rows, as whoever receives a status does: so it either finds the id here or is found as an early one.
  perform engine.lock_external_ids(mine.config_id, mine.external_ids)
  from (
    select m.config_id, array_agg(o.external_id) as external_ids
    from jsonb_to_recordset(p_outcomes) as o (message_id uuid, kind text, external_id text)
    cross join lateral (select s.config_id from messages s where s.id = o.message_id offset 0) m
    where o.kind = 'accepted'
    group by m.config_id order by m.config_id
  ) mine;

  -- Also for a lease that ran out: an answer that comes late is an answer. A status may have come before it.
  with accepted as materialized (
    select m.id, o.external_id
    from jsonb_to_recordset(p_outcomes) as o (message_id uuid, kind text, external_id text)
    cross join lateral (
      select s.id, s.config_id from messages s where s.id = o.message_id and s.external_id is null offset 0
    ) m
    where o.kind = 'accepted' and (
      select other.id from messages other where other.config_id = m.config_id and other.external_id = o.external_id
    ) is null
  )
  update messages m
  set external_id = a.external_id, lease_token = null, lease_until = null, error = null,
    status = case when m.status in ('unknown', 'queued') then 'sending' else m.status end
  from accepted a where m.id = a.id and m.external_id is null;
  if exists (select from early_statuses) then
    perform engine.apply_early_statuses(e.config_id, e.external_id)
    from jsonb_to_recordset(p_outcomes) as o (message_id uuid, kind text)
    join messages m on m.id = o.message_id
    join early_statuses e on e.config_id = m.config_id and e.external_id = m.external_id
    where o.kind = 'accepted'
    group by e.config_id, e.external_id;
  end if;
end
$$;
comment on function engine.store_acceptances is
  'Keeps the provider''s ids and applies statuses that came before them. `sending` lasts until the provider says `sent`.';

create function engine.store_refusals(p_outcomes jsonb, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_followed jsonb;
  v_given_up jsonb;
begin
  -- A refused POST sent nothing: its attempt is taken back, and counted apart.
  with refused as (
    select m.id, o.action, o.error, coalesce((m.error ->> 'refusals')::integer, 0) + 1 as refusals, o.retry_after_ms
    from jsonb_to_recordset(p_outcomes)
      as o (message_id uuid, lease_token uuid, kind text, action text, error jsonb, retry_after_ms integer)
    join messages m on m.id = o.message_id and m.lease_token = o.lease_token and m.status in ('sending', 'unknown')
    where o.kind = 'refused'
  ), judged as (
    -- A number that is stopped goes on with this message once somebody has mended it, however often it was refused.
    select r.*, r.action = 'stop_channel'
      or (r.action in ('retry', 'wait') and r.refusals < (p_settings ->> 'refusal_limit')::integer) as may_retry
    from refused r
  )
  update messages m
  set status = case when j.may_retry then 'queued' else 'failed' end,
    attempts = case when j.may_retry then m.attempts - 1 else m.attempts end,
    lease_token = null, lease_until = null, slot_at = null,
    error = j.error || jsonb_build_object('action', j.action, 'refusals', j.refusals),
    -- Up to a quarter by chance, so that messages that failed together do not come back together.
    send_after = case when j.may_retry and j.action <> 'stop_channel' then v_now + (1 + random() / 4) * greatest(
      make_interval(secs => coalesce(j.retry_after_ms, 0) / 1000.0),
      -- 4^n: the pause that WhatsApp asks for towards one person, and enough for anything else.
      make_interval(secs => (p_settings ->> 'backoff_seconds')::numeric * power(4, least(j.refusals - 1, 8)))
    ) end
  from judged j where m.id = j.id;

  if p_outcomes @? '$[*] ? (@.effect != null || @.alert != null || @.action == "stop_channel" || @.action == "close_window")' then
    select jsonb_agg(o.outcome || jsonb_build_object(
      'config_id', m.config_id, 'code', o.outcome #> '{error,code}', 'title', o.outcome #> '{error,title}'
    ) order by m.seq) into v_followed
    from jsonb_array_elements(p_outcomes) as o (outcome)
    join messages m on m.id = (o.outcome ->> 'message_id')::uuid and m.error ? 'refusals'
    where o.outcome ->> 'kind' = 'refused';
    perform engine.follow_refusals(v_followed, p_settings -> 'rates') where v_followed is not null;
  end if;

  -- A person is told at once of what will never go out, and of a number that is refused altogether.
  select jsonb_agg(distinct jsonb_build_object(
    'session_id', m.session_id, 'category', 'failure', 'urgency', 'high',
    'reason', 'delivery_refused', 'summary', m.error ->> 'title'
  )) into v_given_up
  from jsonb_to_recordset(p_outcomes) as o (message_id uuid, kind text, action text)
  join messages m on m.id = o.message_id
  where o.kind = 'refused' and (m.status = 'failed' or o.action = 'stop_channel') and m.error ? 'refusals';
  if v_given_up is not null then
    perform engine.call_people(v_given_up);
  end if;
end
$$;
comment on function engine.store_refusals is
  'Queues refused messages again after a pause where that can help; otherwise they have failed and a person is told.';

create function engine.settle_deliveries(p_outcomes jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_rest jsonb;
begin
  perform from sessions s
  where s.id in (select o.session_id from jsonb_to_recordset(p_outcomes) as o (session_id uuid))
  order by s.id for no key update;

  if p_outcomes @? '$[*] ? (@.kind == "accepted")' then
    perform engine.store_acceptances(p_outcomes);
  end if;
  if p_outcomes @? '$[*] ? (@.kind == "refused")' then
    perform engine.store_refusals(p_outcomes, p_settings);
  end if;
  if p_outcomes @? '$[*] ? (@.kind == "unknown")' then
    update messages m set status = 'unknown', lease_token = null, lease_until = null
    from jsonb_to_recordset(p_outcomes) as o (message_id uuid, lease_token uuid, kind text)
    where m.id = o.message_id and o.kind = 'unknown' and m.lease_token = o.lease_token and m.status = 'sending';
  end if;

  with ended as (
    delete from private.due_work d
    using jsonb_to_recordset(p_outcomes) as o (session_id uuid, lease_token uuid)
    where d.tenant_id = tenant_id() and d.session_id = o.session_id and d.work = 'delivery'
      and d.lease_token = o.lease_token
      and not exists (
        select from messages m
        where m.session_id = o.session_id and m.direction = 'outbound' and m.status in ('queued', 'sending', 'unknown')
          and (m.status = 'queued' or m.external_id is null)
      )
    returning d.session_id
  )
  select jsonb_agg(jsonb_build_object('session_id', o.session_id, 'lease_token', o.lease_token)) into v_rest
  from jsonb_to_recordset(p_outcomes) as o (session_id uuid, lease_token uuid)
  where o.session_id not in (select e.session_id from ended e);
  if v_rest is null then
    return '[]';
  end if;
  return engine.claim_deliveries(v_rest, p_settings);
end
$$;
comment on function engine.settle_deliveries is
  'Records what POSTs came to and claims the next message of each of their sessions.';

revoke execute on function engine.store_acceptances, engine.store_refusals, engine.settle_deliveries from public;
grant execute on function engine.store_acceptances, engine.store_refusals, engine.settle_deliveries to engine_worker;
