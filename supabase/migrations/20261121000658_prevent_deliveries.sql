-- What may not leave any more, and what waits for a status that does not come: looked at before a message is claimed. Runs
-- in the tenant path that its caller has set; what the states mean is said with engine.claim_deliveries.

create function engine.cancel_forbidden_messages(p_session_ids jsonb) returns void
language plpgsql
as $$
begin
  with judged as (
    select m.id, case
      when c.blocked_at is not null then 'contact_blocked'
      when c.opted_out_at is not null then 'contact_opted_out'
      when m.type = 'template' and c.marketing_paused_until > now() and engine.is_marketing(m.config_id, m.payload)
        then 'marketing_paused'
      when s.holder = 'human' and m.sender_type = 'bot' then 'taken_over'
      when m.type <> 'template' and (s.window_expires_at is null or s.window_expires_at <= now()) then 'window_closed'
    end as reason
    from jsonb_array_elements_text(p_session_ids) as wanted (id)
    join sessions s on s.id = wanted.id::uuid
    join contacts c on c.id = s.contact_id
    join messages m on m.session_id = s.id and m.direction = 'outbound' and m.status = 'queued'
  ), cancelled as (
    update messages m set status = 'cancelled', error = jsonb_build_object('reason', j.reason)
    from judged j where m.id = j.id and j.reason is not null
    returning m.id, m.session_id, j.reason
  )
  insert into events (session_id, actor_type, name, body)
  select c.session_id, 'system', 'message_cancelled', jsonb_build_object('message_id', c.id, 'reason', c.reason)
  from cancelled c;
end
$$;
comment on function engine.cancel_forbidden_messages is
  'Cancels queued messages that may not leave any more: taken over, blocked, opted out, marketing to who has had enough of it, or free text outside the window.';

create function engine.is_marketing(p_config_id uuid, p_payload jsonb) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from message_templates t join public.client_configs f on f.id = p_config_id
    where t.account_id = f.settings ->> 'waba_id' and t.name = p_payload ->> 'name'
      and t.language = p_payload ->> 'language' and t.category = 'marketing'
  );
end
$$;
comment on function engine.is_marketing is 'Whether the provider calls the template of a message marketing.';

create function engine.settle_silence(p_session_ids jsonb, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_silent jsonb;
begin
  update messages m set status = 'unknown', lease_token = null, lease_until = null
  from jsonb_array_elements_text(p_session_ids) as wanted (id)
  where m.session_id = wanted.id::uuid and m.direction = 'outbound' and m.status = 'sending'
    and m.external_id is null and m.lease_until <= v_now;

  -- Sent once more only if the number hears of its later messages; otherwise, and after the second try, people decide.
  with overdue as (
    select m.id, m.session_id, m.attempts < 2 and (s.holder <> 'human' or m.sender_type <> 'bot')
      and s.window_expires_at > v_now and c.opted_out_at is null and c.blocked_at is null and exists (
      select from messages later
      where later.config_id = m.config_id and later.created_at >= m.created_at and later.claimed_at > m.claimed_at
        and later.status in ('sent', 'delivered', 'read', 'played') and later.id <> m.id
    ) as may_repeat
    from jsonb_array_elements_text(p_session_ids) as wanted (id)
    join sessions s on s.id = wanted.id::uuid
    join contacts c on c.id = s.contact_id
    join messages m on m.session_id = s.id and m.direction = 'outbound' and m.status = 'unknown'
      and m.external_id is null and m.error ->> 'reason' is distinct from 'no_answer'
    where m.claimed_at <= v_now - make_interval(secs => (p_settings ->> 'silence_seconds')::numeric)
  ), repeated as (
    update messages m set status = 'queued' from overdue o where m.id = o.id and o.may_repeat
  ), given_up as (
    update messages m set error = jsonb_build_object('reason', 'no_answer')
    from overdue o where m.id = o.id and not o.may_repeat
    returning m.id, m.session_id
  )
  select jsonb_agg(distinct jsonb_build_object(
    'session_id', g.session_id, 'reason', 'delivery_unknown', 'category', 'failure', 'urgency', 'high'
  )) into v_silent from given_up g;
  if v_silent is not null then
    perform engine.call_people(v_silent);
  end if;
end
$$;
comment on function engine.settle_silence is
  'Decides about messages whose POST was never answered: unknown after their lease; after the silence either queued once more under the same id, or a person is told.';

revoke execute on function engine.cancel_forbidden_messages, engine.is_marketing, engine.settle_silence from public;
grant execute on function engine.cancel_forbidden_messages, engine.is_marketing, engine.settle_silence to engine_worker;
