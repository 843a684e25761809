-- The hand-back contract: what a person collected and promised is proposed, confirmed and given to the engine.

-- `security definer` because no person plans jobs.
create function private.plan_promise(p_tenant_id uuid, p_promise_id uuid, p_due_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not private.is_member_of(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot plan a promise of tenant "%": you do not act for it', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  insert into private.jobs (tenant_id, name, payload, dedupe_key, due_at)
  values (p_tenant_id, 'keep_promise', jsonb_build_object('promise_id', p_promise_id), 'keep_promise:' || p_promise_id,
    p_due_at)
  on conflict (dedupe_key) do nothing;
end
$$;
comment on function private.plan_promise is 'Has a worker look at a promise when it is due, for a member who made it.';

create function private.refuse_contract(p_reason text, p_value text) returns void
language plpgsql
as $$
begin
  raise exception 'Cannot hand back with "%": %', p_value, p_reason using errcode = 'PT400', detail = p_reason;
end
$$;
comment on function private.refuse_contract is 'PT400 with the reason as its detail.';

create function private.accept_contract(p_tenant_id uuid, p_session_id uuid, p_contract jsonb) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path, with the session locked.
declare
  v_definition jsonb;
  v_state text := p_contract ->> 'state';
  v_fields jsonb := coalesce(p_contract -> 'fields', '{}');
  v_promises jsonb := coalesce(p_contract -> 'promises', '[]');
  v_name text;
  v_promise jsonb;
  v_due_at timestamptz;
  v_id uuid;
begin
  if jsonb_typeof(p_contract) <> 'object' or jsonb_typeof(v_fields) <> 'object' or jsonb_typeof(v_promises) <> 'array'
    or jsonb_array_length(v_promises) > 20 then
    perform private.refuse_contract('not_a_contract', left(p_contract::text, 100));
  end if;
  select v.definition into v_definition
  from sessions s join state_machine_versions v on v.id = s.machine_version_id where s.id = p_session_id;
  if v_state is not null and not coalesce(v_definition -> 'states' ? v_state, false) then
    perform private.refuse_contract('unknown_state', v_state);
  end if;
  for v_name in select jsonb_object_keys(v_fields) loop
    if not jsonb_path_exists(
      coalesce(v_definition, '{}'), '$.states.*.fields.keyvalue() ? (@.key == $name)', jsonb_build_object('name', v_name)
    ) then
      perform private.refuse_contract('unknown_field', v_name);
    elsif jsonb_typeof(v_fields -> v_name) not in ('string', 'number', 'boolean')
      or length(v_fields ->> v_name) > 1000 then
      perform private.refuse_contract('bad_value', v_name);
    end if;
  end loop;

  for v_promise in select jsonb_array_elements(v_promises) loop
    if coalesce(length(btrim(v_promise ->> 'content')), 0) not between 1 and 500
      or coalesce(v_promise ->> 'doer', '') not in ('bot', 'person') then
      perform private.refuse_contract('not_a_promise', left(v_promise::text, 100));
    end if;
    begin
      v_due_at := (v_promise ->> 'due_at')::timestamptz;
    exception when invalid_datetime_format or datetime_field_overflow then
      v_due_at := null;
    end;
    if v_due_at is null or v_due_at > now() + interval '1 year' then
      perform private.refuse_contract('not_a_time', v_promise ->> 'due_at');
    -- A dialog may have been open for a while; what was due meanwhile is due now.
    elsif v_due_at < now() - interval '15 minutes' then
      perform private.refuse_contract('promise_in_past', v_promise ->> 'due_at');
    end if;
    insert into promises (session_id, content, doer, due_at, created_by)
    values (p_session_id, btrim(v_promise ->> 'content'), v_promise ->> 'doer', v_due_at, private.caller_id())
    returning id into v_id;
    perform private.plan_promise(p_tenant_id, v_id, v_due_at);
  end loop;

  update sessions s
  set variables = s.variables || v_fields, state = coalesce(v_state, s.state),
    turns_in_state = case when v_state is distinct from s.state and v_state is not null then 0 else s.turns_in_state end
  where s.id = p_session_id;
end
$$;
comment on function private.accept_contract is
  'Gives the engine what a person confirmed: {state, fields, promises: [{content, doer, due_at}]}. PT400 for a state or field that the machine does not have, and for a promise without a sentence, a doer or a time to come.';

create function private.describe_stretch(p_tenant_id uuid, p_session_id uuid) returns jsonb
language plpgsql
as $$
-- Runs in its caller's tenant path.
declare
  v_result jsonb;
begin
  select jsonb_build_object(
    'now', now(), 'time_zone', t.time_zone, 'state', s.state, 'variables', s.variables, 'machine', v.definition,
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', m.id, 'seq', m.seq, 'from', m.sender_type, 'type', m.type, 'content', coalesce(m.content, ''),
        'at', m.created_at
      ) order by m.seq), '[]')
      from (
        select m.* from messages m
        where m.session_id = s.id and m.direction <> 'internal' and m.status not in ('cancelled', 'failed')
          and m.created_at >= coalesce((
            select max(e.created_at) from events e
            where e.session_id = s.id and e.name = 'session_taken_over'
          ), '-infinity')
        order by m.seq desc limit 200
      ) m
    )
  ) into v_result
  from sessions s
  join public.tenants t on t.id = p_tenant_id
  left join state_machine_versions v on v.id = s.machine_version_id
  where s.id = p_session_id;
  return v_result;
end
$$;
comment on function private.describe_stretch is
  'What happened since a person took over, for proposeHandBack() of the engine to read: {now, time_zone, state, variables, machine, messages}. `machine` is null before the first turn. At most the newest 200 messages.';

create function api.propose_hand_back(p_tenant_id uuid, p_session_id uuid) returns jsonb
language plpgsql
as $$
declare
  v_result jsonb;
begin
  perform private.enter_tenant(p_tenant_id);
  v_result := private.describe_stretch(p_tenant_id, p_session_id);
  if v_result is null then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find conversation "%"', p_session_id using errcode = 'PT404';
  end if;
  return v_result;
end
$$;
comment on function api.propose_hand_back is
  'What happened since a person took over, as private.describe_stretch() tells it; PT404 where there is no such conversation.';

create type api.promise as (
  id uuid, session_id uuid, content text, doer text, due_at timestamptz, status text, created_by uuid,
  created_at timestamptz, settled_at timestamptz
);

create function api.list_promises(p_tenant_id uuid, p_session_id uuid) returns setof api.promise
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select p.id, p.session_id, p.content, p.doer, p.due_at, p.status, p.created_by, p.created_at, p.settled_at
    from promises p where p.session_id = p_session_id
    order by p.status <> 'open', p.due_at limit 100;
end
$$;
comment on function api.list_promises is 'What was promised in a conversation: what is open first, by due time. At most 100.';

create function api.settle_promise(p_tenant_id uuid, p_promise_id uuid, p_status text) returns setof api.promise
language plpgsql
as $$
declare
  v_session_id uuid;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if p_status not in ('kept', 'cancelled') then
    raise exception 'Cannot settle promise as "%": it is kept or cancelled', p_status using errcode = 'PT400';
  end if;
  update promises p set status = p_status, settled_at = now()
  where p.id = p_promise_id and p.status in ('open', 'escalated')
  returning p.session_id into v_session_id;
  if found then
    perform private.record_deed(v_session_id, 'promise_settled',
      jsonb_build_object('promise_id', p_promise_id, 'status', p_status));
  elsif not exists (select from promises p where p.id = p_promise_id) then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find promise "%"', p_promise_id using errcode = 'PT404';
  end if;
  return query
    select p.id, p.session_id, p.content, p.doer, p.due_at, p.status, p.created_by, p.created_at, p.settled_at
    from promises p where p.id = p_promise_id;
end
$$;
comment on function api.settle_promise is 'A person did what was promised, or it is off. Twice changes nothing.';

revoke execute on function
  private.plan_promise, private.refuse_contract, private.accept_contract, private.describe_stretch,
  api.propose_hand_back, api.list_promises, api.settle_promise
  from public;
grant execute on function
  private.plan_promise, private.refuse_contract, private.accept_contract, private.describe_stretch,
  api.propose_hand_back, api.list_promises, api.settle_promise
  to authenticated;
grant execute on function private.describe_stretch to engine_worker;
