-- Conversations that go back to the bot without a tap: when the person who holds one has been silent for as long as the
-- tenant says, and what a person promised is kept when they resolve one. Off unless the tenant's settings say otherwise:
-- hand_back = {after_minutes, on_resolve}.

-- `security definer` because the router reads no settings.
create function private.tenants_that_hand_back() returns table (id uuid, schema_name text)
language sql stable security definer set search_path = ''
as $$
  select t.id, t.schema_name from public.tenants t
  where t.status = 'active' and jsonb_typeof(t.settings -> 'hand_back' -> 'after_minutes') = 'number'
$$;
comment on function private.tenants_that_hand_back is 'The tenants whose conversations go back to the bot by themselves.';

create function engine.is_silent(p_session_id uuid) returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from sessions s join public.tenants t on t.id = tenant_id()
    where s.id = p_session_id and s.status = 'open' and s.holder = 'human' and s.assigned_to is not null
      and coalesce(s.snoozed_until <= now(), true) and coalesce(s.held_until <= now(), true)
      and greatest(
        (
          select max(m.created_at) from messages m
          where m.session_id = s.id and m.sender_type = 'agent'
        ), (
          select max(e.created_at) from events e
          where e.session_id = s.id and e.name = any ('{session_taken_over, session_assigned, session_reopened}')
        )
      ) <= now() - make_interval(mins => (t.settings -> 'hand_back' ->> 'after_minutes')::integer)
  );
end
$$;
comment on function engine.is_silent is
  'Whether the person who holds a conversation has neither written nor taken it over for as long as the tenant''s setting hand_back.after_minutes says.';

create function engine.find_silent_sessions() returns jsonb
language plpgsql stable
as $$
begin
  return (
    select coalesce(jsonb_agg(s.id), '[]') from (
      select s.id from sessions s
      where s.status = 'open' and s.holder = 'human' and engine.is_silent(s.id)
      limit 100
    ) s
  );
end
$$;
comment on function engine.find_silent_sessions is 'Conversations that are to go back to the bot; at most 100.';

create function engine.make_promises(p_session_id uuid, p_promises jsonb, p_by uuid) returns void
language plpgsql
as $$
begin
  with made as (
    insert into promises (session_id, content, doer, due_at, created_by)
    select p_session_id, left(btrim(r.content), 500), r.doer, r.due_at, p_by
    from jsonb_to_recordset(p_promises) as r (content text, doer text, due_at timestamptz)
    where not exists (
      select from promises o where o.session_id = p_session_id and o.content = left(btrim(r.content), 500) and o.status = 'open'
    )
    returning id, due_at
  )
  insert into private.jobs (tenant_id, name, payload, dedupe_key, due_at)
  select tenant_id(), 'keep_promise', jsonb_build_object('promise_id', m.id), 'keep_promise:' || m.id, m.due_at
  from made m;
end
$$;
comment on function engine.make_promises is
  'Keeps what somebody was heard promising: {content, doer, due_at}. One that is open in the same words already is not made again.';

create function engine.hand_back_silent(p_session_id uuid, p_contract jsonb, p_note text) returns jsonb
language plpgsql
as $$
declare
  v_agent uuid;
begin
  select s.assigned_to into v_agent from sessions s where s.id = p_session_id for no key update;
  if not engine.is_silent(p_session_id) then
    return '{}';
  end if;
  perform engine.make_promises(p_session_id, p_contract -> 'promises', v_agent);
  return engine.give_to_bot(p_session_id, 'silent', p_note, p_contract);
end
$$;
comment on function engine.hand_back_silent is
  'The bot goes on with a conversation whose person is silent; what they learned and promised comes with it, and what the contact wrote meanwhile is answered. Nothing if they have spoken since. Returns next_due_at.';

create function engine.keep_word(p_session_id uuid, p_promises jsonb) returns void
language plpgsql
as $$
begin
  perform from sessions s where s.id = p_session_id for no key update;
  perform engine.make_promises(p_session_id, p_promises, (
    select e.actor_id from events e
    where e.session_id = p_session_id and e.name = 'session_resolved' order by e.created_at desc limit 1
  ));
end
$$;
comment on function engine.keep_word is 'Keeps what a person promised before they resolved a conversation.';

-- `security definer` because no person plans jobs.
create function private.plan_word_keeping(p_tenant_id uuid, p_session_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  insert into private.jobs (tenant_id, name, payload)
  select t.id, 'keep_word', jsonb_build_object('session_id', p_session_id)
  from public.tenants t
  where t.id = p_tenant_id and private.is_member_of(t.id) and t.settings -> 'hand_back' -> 'on_resolve' = 'true';
end
$$;
comment on function private.plan_word_keeping is
  'Has a worker read what was promised in a conversation that a member resolves, where the tenant wants that.';

create function api.save_hand_back_settings(p_tenant_id uuid, p_hand_back jsonb) returns jsonb
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot save the settings of hand-back: only owners and admins may' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(p_hand_back) is distinct from 'object'
    or exists (select from jsonb_object_keys(p_hand_back) k where k not in ('after_minutes', 'on_resolve'))
    or not private.number_between(nullif(p_hand_back -> 'after_minutes', 'null'), 5, 10080)
    or coalesce(jsonb_typeof(p_hand_back -> 'on_resolve'), 'boolean') <> 'boolean' then
    raise exception 'Cannot save the settings of hand-back: something in them is not what it should be'
      using errcode = 'PT400', detail = 'bad_hand_back_settings';
  end if;
  update public.tenants t set settings = t.settings || jsonb_build_object('hand_back', p_hand_back) where t.id = p_tenant_id;
  return p_hand_back;
end
$$;
comment on function api.save_hand_back_settings is
  'When conversations go back to the bot by themselves, for owners and admins: {after_minutes: 5 to 10080, or null for never, on_resolve}. PT400 for anything else.';

revoke execute on function
  private.tenants_that_hand_back, private.plan_word_keeping, engine.is_silent, engine.find_silent_sessions,
  engine.make_promises, engine.hand_back_silent, engine.keep_word, api.save_hand_back_settings
  from public;
grant execute on function private.tenants_that_hand_back to engine_router;
grant execute on function private.plan_word_keeping, api.save_hand_back_settings to authenticated;
grant execute on function
  engine.is_silent, engine.find_silent_sessions, engine.make_promises, engine.hand_back_silent, engine.keep_word
  to engine_worker;
