-- People take conversations over, hand them back and resolve them. Each raises the fence, so that a turn which is being
-- computed cannot commit, and leaves a row in the timeline. Locks: the session first, due work last.

-- `security definer` because no person writes due work.
create function private.make_work_due(p_tenant_id uuid, p_session_id uuid, p_work text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not private.is_member_of(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot wake a conversation of tenant "%": you do not act for it', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, first_due_at)
  select t.id, t.schema_name, p_session_id, p_work, now(), now() from public.tenants t where t.id = p_tenant_id
  on conflict (tenant_id, session_id, work) do update set due_at = least(due_work.due_at, excluded.due_at);
end
$$;
comment on function private.make_work_due is 'Has a worker look at a conversation at once, for a member who changed who may speak.';

create function private.begin_verb(p_tenant_id uuid, p_session_id uuid) returns record
language plpgsql
as $$
declare
  v_session record;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  select s.holder, s.assigned_to, s.fence, s.status, s.contact_id, s.config_id, s.window_expires_at, s.unread_count,
    s.snoozed_until, s.priority, s.tags
  into v_session from sessions s where s.id = p_session_id for no key update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find conversation "%"', p_session_id using errcode = 'PT404';
  end if;
  return v_session;
end
$$;
comment on function private.begin_verb is
  'The head of every verb on a conversation: enters the tenant, locks the conversation until commit and returns its row; PT404 if there is none.';

create function private.record_deed(p_session_id uuid, p_name text, p_body jsonb) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path.
begin
  insert into events (session_id, actor_type, actor_id, name, body)
  values (p_session_id, 'agent', private.caller_id(), p_name, jsonb_strip_nulls(p_body));
end
$$;
comment on function private.record_deed is 'The tail of every verb: what the caller did goes into the timeline, under their name.';

create function private.cancel_queued_replies(p_session_id uuid, p_reason text) returns uuid[]
language plpgsql
as $$
-- Runs in its caller's tenant path. What is claimed for sending is past recall.
declare
  v_ids uuid[];
begin
  with cancelled as (
    update messages m set status = 'cancelled', error = jsonb_build_object('reason', p_reason)
    where m.session_id = p_session_id and m.direction = 'outbound' and m.status = 'queued' and m.sender_type = 'bot'
    returning m.id
  )
  select coalesce(array_agg(c.id), '{}') into v_ids from cancelled c;
  return v_ids;
end
$$;
comment on function private.cancel_queued_replies is 'Cancels what the engine queued and nobody has claimed; returns which messages.';

create type api.handover as (
  session_id uuid, holder text, status text, assigned_to uuid, fence bigint, cancelled uuid[], still_sending uuid[]
);

create function api.take_over(p_tenant_id uuid, p_session_id uuid, p_only_free boolean default false)
returns api.handover
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  if v_session.status <> 'open' then
    raise exception 'Cannot take over conversation "%": it is %, not open', p_session_id, v_session.status
      using errcode = 'PT409', detail = 'not_open';
  end if;
  if p_only_free and v_session.holder = 'human' and v_session.assigned_to is distinct from v_me then
    raise exception 'Cannot take over conversation "%": a colleague holds it', p_session_id
      using errcode = 'PT409', detail = 'held_by_colleague', hint = v_session.assigned_to::text;
  end if;
  v_result := row(p_session_id, 'human', 'open', v_me, v_session.fence, '{}', '{}');
  if v_session.holder <> 'human' or v_session.assigned_to is distinct from v_me then
    v_result.fence := v_session.fence + 1;
    v_result.cancelled := private.cancel_queued_replies(p_session_id, 'taken_over');
    update sessions set holder = 'human', assigned_to = v_me, fence = v_result.fence, updated_at = now()
    where id = p_session_id;
    update escalations set status = 'claimed', claimed_by = v_me, claimed_at = now()
    where session_id = p_session_id and status <> 'resolved';
    perform private.record_deed(p_session_id, 'session_taken_over', jsonb_build_object(
      'from_holder', v_session.holder, 'from_agent', v_session.assigned_to, 'cancelled', v_result.cancelled
    ));
  end if;
  -- Claimed and without an answer; what the provider has accepted is sent, whatever its status says.
  select coalesce(array_agg(m.id order by m.seq), '{}') into v_result.still_sending
  from messages m
  where m.session_id = p_session_id and m.direction = 'outbound' and m.sender_type = 'bot'
    and m.status in ('sending', 'unknown') and m.external_id is null;
  return v_result;
end
$$;
comment on function api.take_over is
  'The caller holds the conversation; queued replies of the engine are cancelled. still_sending are those it could not recall. p_only_free refuses what a colleague holds (PT409, held_by_colleague), so of two who claim at once one wins and the other is told. Twice changes nothing.';

create function api.hand_back(
  p_tenant_id uuid, p_session_id uuid, p_note text default null, p_contract jsonb default null
) returns api.handover
language plpgsql
as $$
declare
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  if v_session.status <> 'open' then
    raise exception 'Cannot hand back conversation "%": it is %, not open', p_session_id, v_session.status
      using errcode = 'PT409', detail = 'not_open';
  end if;
  v_result := row(p_session_id, 'bot', 'open', null, v_session.fence, '{}', '{}');
  if v_session.holder = 'bot' then
    return v_result;
  end if;
  if p_contract is not null then
    perform private.accept_contract(p_tenant_id, p_session_id, p_contract);
  end if;
  v_result.fence := v_session.fence + 1;
  update sessions
  set holder = 'bot', assigned_to = null, fence = v_result.fence, hand_back_note = nullif(btrim(left(p_note, 2000)), ''),
    updated_at = now()
  where id = p_session_id;
  update escalations set status = 'resolved', resolved_at = now()
  where session_id = p_session_id and status <> 'resolved';
  perform private.record_deed(p_session_id, 'session_handed_back', jsonb_build_object(
    'from_holder', v_session.holder, 'from_agent', v_session.assigned_to, 'note', p_note, 'contract', p_contract
  ));
  -- What came before the person's last words has been answered by them.
  delete from pending_messages p using messages m
  where p.session_id = p_session_id and m.id = p.message_id and m.seq < (
    select max(a.seq) from messages a
    where a.session_id = p_session_id and a.direction = 'outbound' and a.sender_type = 'agent'
  );
  if exists (select from pending_messages p where p.session_id = p_session_id) then
    perform private.make_work_due(p_tenant_id, p_session_id, 'turn');
  end if;
  return v_result;
end
$$;
comment on function api.hand_back is
  'The engine holds the conversation again and answers what the person left unanswered; its turns see p_note, and what p_contract promises is kept (see private.accept_contract). Twice changes nothing.';

create function api.resolve_session(p_tenant_id uuid, p_session_id uuid) returns api.handover
language plpgsql
as $$
declare
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  v_result := row(p_session_id, v_session.holder, v_session.status, v_session.assigned_to, v_session.fence, '{}', '{}');
  if v_session.status <> 'open' then
    return v_result;
  end if;
  v_result := row(p_session_id, 'bot', 'resolved', null, v_session.fence + 1, '{}', '{}');
  v_result.cancelled := private.cancel_queued_replies(p_session_id, 'resolved');
  update sessions
  set holder = 'bot', status = 'resolved', resolved_at = now(), assigned_to = null, unread_count = 0,
    fence = v_result.fence, updated_at = now()
  where id = p_session_id;
  update escalations set status = 'resolved', resolved_at = now()
  where session_id = p_session_id and status <> 'resolved';
  delete from pending_messages where session_id = p_session_id;
  if v_session.holder = 'human' then
    perform private.plan_word_keeping(p_tenant_id, p_session_id);
  end if;
  perform private.record_deed(p_session_id, 'session_resolved', jsonb_build_object(
    'from_holder', v_session.holder, 'cancelled', v_result.cancelled
  ));
  return v_result;
end
$$;
comment on function api.resolve_session is
  'Ends the conversation; the contact''s next message starts or reopens one. What a person promised in it is kept where the tenant wants that (hand_back.on_resolve). Twice changes nothing.';

revoke execute on function
  private.make_work_due, private.begin_verb, private.record_deed, private.cancel_queued_replies,
  api.take_over, api.hand_back, api.resolve_session
  from public;
grant execute on function
  private.make_work_due, private.begin_verb, private.record_deed, private.cancel_queued_replies,
  api.take_over, api.hand_back, api.resolve_session
  to authenticated;
