-- The ladder: who is told of a request, first, next and at last, until somebody acknowledges it. Runs in the tenant path
-- that its caller has set.

-- `security definer` because workers read no members. Whose tenant it is, its caller's role says.
create function private.people_of_rung(p_rung text, p_first uuid, p_told uuid[]) returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(m.user_id order by m.user_id), '{}')
  from public.tenant_members m join public.tenants t on t.id = m.tenant_id
  cross join lateral private.availability_now(m.availability, m.last_used_at) as now_is
  where t.schema_name || '_worker' = current_setting('role') and m.user_id <> all (p_told)
    and case p_rung
      -- Whoever has the conversation, else everybody who is there.
      when 'agent' then case when p_first is null then now_is = 'online' else m.user_id = p_first end
      when 'next' then now_is in ('online', 'away')
      else m.role = 'owner'
    end
$$;
comment on function private.people_of_rung is
  'Who of the caller''s tenant stands on a rung and was not told yet. agent: p_first, else who is online; next: who is online or away; owner: the owners, wherever they are.';

create function engine.ladder_minutes(p_settings jsonb, p_rung text) returns interval
language sql immutable
as $$
  select make_interval(mins => coalesce(
    (p_settings -> 'ladder_minutes' ->> p_rung)::integer, case p_rung when 'agent' then 2 when 'next' then 3 else 10 end
  ))
$$;
comment on function engine.ladder_minutes is
  'How long a rung waits for somebody to acknowledge: the tenant''s setting alerts.ladder_minutes, else 2, 3 and 10 minutes.';

create function engine.tell_people(p_request record, p_people uuid[], p_rung text, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_notice jsonb := jsonb_build_object(
    'kind', p_request.alert_cause, 'slug', p_request.slug, 'session_id', p_request.session_id,
    'name', case when p_settings -> 'show_names' is distinct from 'false'::jsonb then p_request.contact_name end,
    'category', coalesce(p_request.category, 'other'), 'urgency', p_request.urgency
  );
begin
  insert into alerts (escalation_id, round, rung, cause, user_id, way, sent_at)
  select p_request.id, p_request.alert_round, p_rung, p_request.alert_cause, p.id, w.way,
    case when w.way = 'app' then now() end
  from unnest(p_people) as p (id)
  cross join (values ('app'), ('push')) as w (way)
  where w.way = 'app' or exists (
    select from public.push_subscriptions d where d.tenant_id = tenant_id() and d.user_id = p.id
  )
  on conflict do nothing;
  insert into private.jobs (tenant_id, name, payload, dedupe_key, max_attempts)
  select tenant_id(), 'send_push', jsonb_build_object(
      'subscription_id', d.id, 'alert_id', a.id,
      'notice', v_notice || jsonb_build_object('receipt', jsonb_build_object('tenant_id', tenant_id(), 'token', a.receipt_token))
    ), format('send_push:%s:%s', a.id, d.id), 6
  from alerts a join public.push_subscriptions d on d.tenant_id = tenant_id() and d.user_id = a.user_id
  where a.escalation_id = p_request.id and a.round = p_request.alert_round and a.rung = p_rung and a.way = 'push'
  on conflict do nothing;
end
$$;
comment on function engine.tell_people is 'Writes down that people are told, and plans the notifications on their devices.';

create function engine.alert_people(p_escalation_id uuid, p_round integer, p_rung text) returns void
language plpgsql
as $$
declare
  v_request record;
  v_settings jsonb;
  v_rungs text[] := array['agent', 'next', 'owner', 'again'];
  v_rung text := p_rung;
  v_told uuid[];
  v_people uuid[];
begin
  select e.id, e.session_id, e.alert_round, e.alert_cause, e.category, e.urgency, e.status, e.acknowledged_at,
    coalesce(e.claimed_by, s.assigned_to) as first, s.status as session_status, c.name as contact_name, t.slug,
    t.settings -> 'alerts' as settings
  into v_request
  from escalations e
  join sessions s on s.id = e.session_id
  join contacts c on c.id = s.contact_id
  join public.tenants t on t.id = tenant_id()
  where e.id = p_escalation_id
  for no key update of e;
  if not found or v_request.alert_round <> p_round or v_request.acknowledged_at is not null
    or v_request.status = 'resolved' or v_request.session_status <> 'open' then
    return;
  end if;
  v_settings := coalesce(v_request.settings, '{}');
  if v_rung = 'again' then
    -- Nobody came: from the beginning, as often as the tenant wants.
    update escalations e set alert_round = e.alert_round + 1
    where e.id = p_escalation_id and e.alert_round < coalesce((v_settings ->> 'rounds')::integer, 3);
    return;
  end if;
  if exists (
    select from alerts a where a.escalation_id = p_escalation_id and a.round = p_round and a.rung = p_rung
  ) then
    return;
  end if;
  select coalesce(array_agg(distinct a.user_id), '{}') into v_told
  from alerts a where a.escalation_id = p_escalation_id and a.round = p_round;
  -- A rung on which nobody new stands is stepped over.
  loop
    v_people := private.people_of_rung(v_rung, v_request.first, v_told);
    exit when v_people <> '{}' or v_rung = 'owner';
    v_rung := v_rungs[array_position(v_rungs, v_rung) + 1];
  end loop;
  perform engine.tell_people(v_request, v_people, v_rung, v_settings);
  perform engine.tell_by_template(v_request, v_people, v_rung, v_settings);
  insert into private.jobs (tenant_id, name, payload, dedupe_key, due_at)
  select tenant_id(), 'alert_people', jsonb_build_object('escalation_id', p_escalation_id, 'round', p_round, 'rung', n.rung),
    format('alert_people:%s:%s:%s', p_escalation_id, p_round, n.rung), now() + engine.ladder_minutes(v_settings, v_rung)
  from (select v_rungs[array_position(v_rungs, v_rung) + 1] as rung) n
  on conflict do nothing;
end
$$;
comment on function engine.alert_people is
  'Tells who stands on a rung of the ladder, in the app, on their devices and on WhatsApp, and plans the next rung; nobody once the request was acknowledged, taken on or ended, or a newer round has begun. A job that runs again tells nobody twice.';

create function engine.alert_due_soon(p_escalation_id uuid) returns void
language plpgsql
as $$
begin
  update escalations e
  set alert_round = e.alert_round + 1, alert_cause = 'due_soon', acknowledged_at = null, acknowledged_by = null
  from sessions s
  where e.id = p_escalation_id and s.id = e.session_id and s.status = 'open' and e.status <> 'resolved'
    -- Who has answered is not late.
    and (e.status = 'open' or s.last_message_from = 'contact')
    and coalesce(s.snoozed_until <= now(), true);
end
$$;
comment on function engine.alert_due_soon is 'Begins a new round of alerts for a request that nobody has answered and that soon is late.';

create function engine.settle_push(p_alert_id uuid, p_outcome text) returns void
language plpgsql
as $$
begin
  update alerts a
  set sent_at = case when p_outcome = 'accepted' then coalesce(a.sent_at, now()) else a.sent_at end,
    failure = case when p_outcome = 'accepted' or a.sent_at is not null then null else p_outcome end
  where a.id = p_alert_id;
end
$$;
comment on function engine.settle_push is 'What a push service said: one device that was reached is enough.';

create function engine.keep_receipt(p_token uuid, p_event text) returns void
language plpgsql
as $$
begin
  update alerts a
  set delivered_at = coalesce(a.delivered_at, now()),
    opened_at = case when p_event = 'opened' then coalesce(a.opened_at, now()) else a.opened_at end
  where a.receipt_token = p_token and (a.delivered_at is null or (p_event = 'opened' and a.opened_at is null));
end
$$;
comment on function engine.keep_receipt is 'A device showed a notification (delivered), or its person tapped it (opened). Twice changes nothing.';

revoke execute on function
  private.people_of_rung, engine.ladder_minutes, engine.tell_people, engine.alert_people, engine.alert_due_soon,
  engine.settle_push, engine.keep_receipt
  from public;
grant execute on function
  private.people_of_rung, engine.ladder_minutes, engine.tell_people, engine.alert_people, engine.alert_due_soon,
  engine.settle_push, engine.keep_receipt
  to engine_worker;
