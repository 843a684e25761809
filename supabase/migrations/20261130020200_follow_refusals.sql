-- What follows from a refusal beyond its message, whether it came at once or later by a status. Runs in the tenant path
-- that its caller has set; the caller has locked the sessions.

select private.define_tenant_step(31, 'flag_contacts', $ddl$

alter table contacts add column undeliverable_at timestamptz, add column marketing_paused_until timestamptz;
comment on column contacts.undeliverable_at is
  'When the channel last said that this person cannot get messages: no account, or an app that is too old.';
comment on column contacts.marketing_paused_until is 'No marketing template goes to this person before; the channel''s own cap.';

$ddl$);

create function engine.follow_refusals(p_refusals jsonb, p_rates jsonb default null) returns void
language plpgsql
as $$
begin
  if p_refusals @? '$[*] ? (@.action == "close_window")' then
    update sessions s set window_expires_at = least(s.window_expires_at, now())
    from jsonb_to_recordset(p_refusals) as r (session_id uuid, action text)
    where s.id = r.session_id and r.action = 'close_window';
  end if;
  if p_refusals @? '$[*] ? (@.action == "stop_channel")' then
    insert into events (session_id, actor_type, name, body)
    select r.session_id, 'system', 'channel_stopped',
      jsonb_build_object('config_id', r.config_id, 'code', r.code, 'title', r.title)
    from (
      select distinct on (o.config_id) o.*
      from jsonb_to_recordset(p_refusals)
        as o (session_id uuid, config_id uuid, action text, code integer, title text, hold_ms numeric)
      where o.action = 'stop_channel' order by o.config_id
    ) r
    where private.stop_channel(
      r.config_id, jsonb_build_object('code', r.code, 'title', r.title), make_interval(secs => r.hold_ms / 1000)
    );
  end if;
  -- What comes late says nothing about the speed of this moment.
  if p_rates is not null and p_refusals @? '$[*] ? (@.effect == "slow_channel")' then
    perform private.slow_number(r.config_id, max(make_interval(secs => coalesce(r.retry_after_ms, 0) / 1000.0)), p_rates)
    from jsonb_to_recordset(p_refusals) as r (config_id uuid, effect text, retry_after_ms numeric)
    where r.effect = 'slow_channel'
    group by r.config_id order by r.config_id;
  end if;
  if p_refusals @? '$[*] ? (@.effect != null && @.effect != "slow_channel" && @.effect != "slow_recipient")' then
    perform engine.mark_contacts(p_refusals);
  end if;
  if p_refusals @? '$[*] ? (@.alert != null && @.action != "stop_channel")' then
    -- Of the tenant as a whole, so that its owners read it among their problems; once an hour for the same trouble.
    insert into events (actor_type, name, body)
    select distinct on (r.config_id, r.code) 'system', 'sending_refused',
      jsonb_build_object('config_id', r.config_id, 'code', r.code, 'title', r.title, 'alert', r.alert)
    from jsonb_to_recordset(p_refusals) as r (config_id uuid, action text, code integer, title text, alert text)
    where r.alert is not null and r.action <> 'stop_channel' and not exists (
      select from events e
      where e.session_id is null and e.name = 'sending_refused' and e.created_at > now() - interval '1 hour'
        and e.body @> jsonb_build_object('config_id', r.config_id, 'code', r.code)
    );
  end if;
end
$$;
comment on function engine.follow_refusals is
  'Closes windows, stops or slows numbers, marks contacts and templates, tells owners: whatever refusals ask for beyond their messages.';

create function engine.mark_contacts(p_refusals jsonb) returns void
language plpgsql
as $$
declare
  v_now timestamptz := now();
begin
  update contacts c
  set opted_out_at = case when r.effect = 'opt_out' then coalesce(c.opted_out_at, v_now) else c.opted_out_at end,
    undeliverable_at = case when r.effect = 'flag_contact' then v_now else c.undeliverable_at end,
    marketing_paused_until = case when r.effect = 'pause_marketing'
      then v_now + make_interval(secs => coalesce(r.hold_ms, 0) / 1000.0) else c.marketing_paused_until end,
    updated_at = v_now
  from jsonb_to_recordset(p_refusals) as r (session_id uuid, effect text, hold_ms numeric)
  join sessions s on s.id = r.session_id
  where c.id = s.contact_id and r.effect in ('opt_out', 'flag_contact', 'pause_marketing');

  if p_refusals @? '$[*] ? (@.effect == "disable_template")' then
    -- Not offered any more until the provider says that it is approved again.
    update message_templates t
    set status = case r.code when 132015 then 'paused' else 'disabled' end, reason = r.title, updated_at = v_now
    from jsonb_to_recordset(p_refusals) as r (message_id uuid, config_id uuid, effect text, code integer, title text)
    join messages m on m.id = r.message_id
    join public.client_configs f on f.id = r.config_id
    where r.effect = 'disable_template' and t.account_id = f.settings ->> 'waba_id'
      and t.name = m.payload ->> 'name' and t.language = m.payload ->> 'language';
  end if;

  insert into events (session_id, contact_id, actor_type, name, body)
  select r.session_id, s.contact_id, 'system', case r.effect
      when 'opt_out' then 'contact_opted_out'
      when 'flag_contact' then 'contact_unreachable'
      when 'pause_marketing' then 'marketing_paused'
      when 'verify_identity' then 'identity_doubted'
      when 'use_phone' then 'phone_missing'
      when 'disable_template' then 'template_refused'
    end,
    jsonb_strip_nulls(jsonb_build_object(
      'message_id', r.message_id, 'code', r.code, 'title', r.title,
      'template', case when r.effect = 'disable_template'
        then jsonb_build_object('name', m.payload ->> 'name', 'language', m.payload ->> 'language') end
    ))
  from jsonb_to_recordset(p_refusals) as r (session_id uuid, message_id uuid, effect text, code integer, title text)
  join sessions s on s.id = r.session_id
  join messages m on m.id = r.message_id
  where r.effect in ('opt_out', 'flag_contact', 'pause_marketing', 'verify_identity', 'use_phone', 'disable_template');
end
$$;
comment on function engine.mark_contacts is
  'Records what refusals tell of people and templates: opted out, cannot be reached, no marketing for a while.';

create function engine.follow_late_failures(p_failures jsonb) returns timestamptz
language plpgsql
as $$
declare
  v_now timestamptz := now();
  v_people jsonb;
  v_due_at timestamptz;
begin
  update messages m
  set error = m.error || jsonb_strip_nulls(jsonb_build_object('action', f.action, 'meaning', f.title))
  from jsonb_to_recordset(p_failures) as f (message_id uuid, action text, title text)
  where m.id = f.message_id and f.action is not null;
  perform engine.follow_refusals(p_failures);

  -- The engine says it in another way, once: a reply that was such another way and failed too is for people, as is what
  -- no other words would mend.
  with lost as (
    select distinct on (m.session_id) m.session_id, f.title,
      s.holder = 'bot' and s.window_expires_at > v_now and c.opted_out_at is null and c.blocked_at is null
        and coalesce(t.cause, 'messages') <> 'delivery_failed'
        and f.action in ('give_up', 'retry', 'wait') and f.effect is distinct from 'flag_contact' as may_say_again
    from jsonb_to_recordset(p_failures) as f (message_id uuid, action text, title text, effect text)
    join messages m on m.id = f.message_id and m.sender_type = 'bot'
    join sessions s on s.id = m.session_id and s.status = 'open' and s.holder <> 'human'
    join contacts c on c.id = s.contact_id
    left join turns t on t.id = m.turn_id
    order by m.session_id, m.seq desc
  ), due as (
    insert into private.due_work as d (tenant_id, schema_name, session_id, work, due_at, cause)
    select tenant_id(), current_schema(), l.session_id, 'turn', v_now, 'delivery_failed'
    from lost l where l.may_say_again order by l.session_id
    on conflict (tenant_id, session_id, work) do update set cause = 'delivery_failed',
      -- A reminder can be hours away; a message that waits keeps its time.
      due_at = case when d.cause = 'follow_up' then excluded.due_at else d.due_at end
    returning d.due_at
  )
  select (select min(d.due_at) from due d), (
    select jsonb_agg(jsonb_build_object(
      'session_id', l.session_id, 'reason', 'delivery_failed', 'category', 'failure', 'urgency', 'high',
      'summary', l.title
    )) from lost l where not l.may_say_again
  ) into v_due_at, v_people;
  if v_people is not null then
    perform engine.call_people(v_people);
  end if;
  return v_due_at;
end
$$;
comment on function engine.follow_late_failures is
  'For accepted messages that failed after all: everything a refusal has follow, and for the bot''s a turn that says it differently, or a person. Returns when that turn is due.';

revoke execute on function engine.follow_refusals, engine.mark_contacts, engine.follow_late_failures from public;
grant execute on function engine.follow_refusals, engine.mark_contacts, engine.follow_late_failures to engine_worker;
