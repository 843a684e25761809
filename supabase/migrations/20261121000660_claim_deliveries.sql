-- Which message of a session is sent next, if any. Runs in the tenant path that its caller has set.
--
-- In flight means claimed and without an answer: status sending or unknown, external_id null. An accepted message stays
-- `sending` until the provider's status says sent, but no longer holds up the next one. `attempts` counts the POSTs that
-- may have reached the customer; a refused one is taken back, since it surely did not.

create function engine.claims_ahead() returns interval
language plpgsql immutable
as $$
begin
  return interval '350 milliseconds';
end
$$;
comment on function engine.claims_ahead is
  'A message whose place in the rate of its number comes within this time is claimed now, and its worker waits with it: that costs less than to claim it later.';

create function engine.wait_of(p_slot_at timestamptz) returns integer
language plpgsql
as $$
begin
  return greatest(ceil(extract(epoch from p_slot_at - clock_timestamp()) * 1000), 0);
end
$$;
comment on function engine.wait_of is 'Milliseconds that a worker waits before it posts what it has claimed.';

create function engine.claim_deliveries(p_work jsonb, p_settings jsonb) returns jsonb
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_rates jsonb := p_settings -> 'rates';
  v_ids jsonb;
  v_claimed jsonb;
begin
  perform from sessions s
  where s.id in (select w.session_id from jsonb_to_recordset(p_work) as w (session_id uuid))
  order by s.id for no key update;

  -- A lease that is the caller's own or nobody's; another worker's session is left alone.
  with mine as (
    update private.due_work d
    set lease_token = w.lease_token,
      lease_until = v_now + make_interval(secs => (p_settings ->> 'lease_seconds')::numeric)
    from jsonb_to_recordset(p_work) as w (session_id uuid, lease_token uuid)
    where d.tenant_id = tenant_id() and d.session_id = w.session_id and d.work = 'delivery'
      and (d.lease_token = w.lease_token or d.lease_until is null or d.lease_until <= v_now)
    returning d.session_id
  )
  select jsonb_agg(m.session_id) into v_ids from mine m;
  if v_ids is null then
    return '[]';
  end if;

  perform engine.settle_silence(v_ids, p_settings);
  perform engine.cancel_forbidden_messages(v_ids);

  -- Of those that may go, each takes its place in the rate of its number; who has to wait for it keeps the place.
  with next as materialized (
    select w.lease_token, m.id, m.config_id, m.seq, pair.full_at as pair_full_at,
      pair.full_at - make_interval(secs => (v_rates ->> 'pair_seconds')::numeric * ((v_rates ->> 'pair_burst')::integer - 1))
        as pair_free_at,
      case when m.slot_at > v_now - interval '1 second' then m.slot_at end as slot_at
    from jsonb_array_elements_text(v_ids) as wanted (id)
    join sessions s on s.id = wanted.id::uuid
    join jsonb_to_recordset(p_work) as w (session_id uuid, lease_token uuid) on w.session_id = s.id
    join public.tenants t on t.id = tenant_id() and t.status = 'active'
    join public.client_configs f on f.id = s.config_id and (f.stopped_until > v_now) is not true
    cross join lateral (
      select q.id, q.config_id, q.seq, q.send_after, q.slot_at from messages q
      where q.session_id = s.id and q.direction = 'outbound' and q.status = 'queued'
      order by q.seq limit 1
    ) m
    cross join lateral (
      select max(p.pair_full_at) as full_at
      from (select n.pair_full_at from messages n where n.session_id = s.id order by n.seq desc limit 30) p
    ) pair
    where (m.send_after is null or m.send_after <= v_now)
      and not exists (
        select from messages f
        where f.session_id = s.id and f.direction = 'outbound' and f.status in ('sending', 'unknown')
          and f.external_id is null and f.error ->> 'reason' is distinct from 'no_answer'
      )
  ), placed as materialized (
    select n.*, (n.pair_free_at > v_now) is not true as is_pair_free from next n
  ), booked as materialized (
    select g.config_id, b.first_at, b.step
    from (
      select p.config_id, count(*)::integer as amount from placed p
      where p.is_pair_free and p.slot_at is null group by p.config_id order by 1
    ) g
    cross join lateral private.book_sends(g.config_id, g.amount, v_rates) b
  ), timed as materialized (
    select p.id, p.lease_token, p.pair_full_at, p.is_pair_free, p.pair_free_at, coalesce(
      p.slot_at,
      b.first_at + b.step * (row_number() over (partition by p.config_id, p.is_pair_free, p.slot_at is null order by p.seq) - 1)
    ) as slot_at
    from placed p left join booked b on b.config_id = p.config_id and p.is_pair_free and p.slot_at is null
  ), judged as materialized (
    select t.*, t.is_pair_free and t.slot_at <= clock_timestamp() + engine.claims_ahead() as is_claimed from timed t
  ), claimed as (
    update messages m
    set status = case when j.is_claimed then 'sending' else 'queued' end,
      attempts = m.attempts + j.is_claimed::integer,
      claimed_at = case when j.is_claimed then v_now else m.claimed_at end,
      send_after = case when not j.is_claimed then case when j.is_pair_free then j.slot_at else j.pair_free_at end end,
      slot_at = j.slot_at,
      pair_full_at = case when j.is_claimed
        then greatest(j.pair_full_at, v_now) + make_interval(secs => (v_rates ->> 'pair_seconds')::numeric)
        else m.pair_full_at end,
      lease_token = case when j.is_claimed then j.lease_token end,
      lease_until = case when j.is_claimed
        then v_now + make_interval(secs => (p_settings ->> 'send_lease_seconds')::numeric) end
    from judged j where m.id = j.id
    returning m.id, m.session_id, m.config_id, m.type, m.content, m.payload, m.media_id, m.reply_to, m.attempts, m.lease_token, m.status,
      m.slot_at
  )
  select jsonb_agg(jsonb_build_object(
    'message_id', c.id, 'session_id', c.session_id, 'config_id', c.config_id, 'type', c.type, 'content', c.content,
    'payload', c.payload, 'media_id', c.media_id, 'attempts', c.attempts, 'lease_token', c.lease_token,
    'wait_ms', engine.wait_of(c.slot_at),
    'reply_to', (select r.external_id from messages r where r.id = c.reply_to),
    'identities', (
      select jsonb_agg(jsonb_build_object('kind', i.kind, 'external_id', i.external_id) order by i.kind, i.created_at desc)
      from contact_identities i
      where i.contact_id = s.contact_id and i.channel_type = f.channel_type
    )
  )) into v_claimed
  from claimed c
  join sessions s on s.id = c.session_id
  join public.client_configs f on f.id = c.config_id
  where c.status = 'sending';

  perform engine.plan_deliveries(v_ids, coalesce(v_claimed, '[]'), p_settings);
  return coalesce(v_claimed, '[]');
end
$$;
comment on function engine.claim_deliveries is
  'Claims the next message of each session that has none in flight, after cancelling what may not leave any more, within the rates of its number and towards its contact, and plans the next look at the others.';

create function engine.keep_delivery(p_message_id uuid, p_lease_token uuid, p_settings jsonb) returns boolean
language plpgsql
as $$
begin
  update messages m
  set lease_until = clock_timestamp() + make_interval(secs => (p_settings ->> 'send_lease_seconds')::numeric)
  where m.id = p_message_id and m.lease_token = p_lease_token and m.status = 'sending' and m.lease_until > clock_timestamp();
  return found;
end
$$;
comment on function engine.keep_delivery is
  'Whether a claimed message may still be posted by who claimed it, and then for how long; asked by who was held up.';

create function engine.plan_deliveries(p_session_ids jsonb, p_claimed jsonb, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  with rest as (
    select wanted.id::uuid as session_id, (
      select case
        when m.status = 'queued' and f.stopped_until > v_now then least(f.stopped_until, v_now + interval '1 minute')
        when m.status = 'queued' and m.send_after > v_now then m.send_after
        when m.lease_until > v_now then m.lease_until
        else v_now + make_interval(secs => (p_settings ->> 'poll_seconds')::numeric)
      end
      from messages m join public.client_configs f on f.id = m.config_id
      where m.session_id = wanted.id::uuid and m.direction = 'outbound' and m.status in ('queued', 'sending', 'unknown')
        and m.external_id is null and m.error ->> 'reason' is distinct from 'no_answer'
      -- What is in flight decides, else the next in order; the others wait for it.
      order by m.status = 'queued', m.seq limit 1
    ) as due_at
    from jsonb_array_elements_text(p_session_ids) as wanted (id)
    where wanted.id not in (select c.session_id from jsonb_to_recordset(p_claimed) as c (session_id text))
  ), ended as (
    delete from private.due_work d using rest r
    where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'delivery' and r.due_at is null
  )
  update private.due_work d
  set due_at = r.due_at, lease_token = null, lease_until = null, attempts = 0
  from rest r
  where d.tenant_id = tenant_id() and d.session_id = r.session_id and d.work = 'delivery' and r.due_at is not null;
end
$$;
comment on function engine.plan_deliveries is
  'For sessions with nothing to send at this moment: looks again when something may be sent, or ends their delivery work.';

revoke execute on function
  engine.claims_ahead, engine.wait_of, engine.claim_deliveries, engine.keep_delivery, engine.plan_deliveries
  from public;
grant execute on function
  engine.claims_ahead, engine.wait_of, engine.claim_deliveries, engine.keep_delivery, engine.plan_deliveries
  to engine_worker;
