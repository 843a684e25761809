-- What people do with a conversation beside speaking in it. Each verb is one function with the head and tail that all
-- verbs share (private.begin_verb, private.record_deed). What changes who may speak raises the fence.

create function private.require_member(p_tenant_id uuid, p_user_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  if not exists (
    select from public.tenant_members m where m.tenant_id = p_tenant_id and m.user_id = p_user_id
  ) then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot assign to "%": they do not act for this tenant', p_user_id
      using errcode = 'PT404', detail = 'not_a_member';
  end if;
end
$$;
comment on function private.require_member is 'PT404 unless somebody acts for a tenant.';

create function private.require_open(p_session_id uuid, p_status text) returns void
language plpgsql set search_path = ''
as $$
begin
  if p_status <> 'open' then
    raise exception 'Cannot change conversation "%": it is %, not open', p_session_id, p_status
      using errcode = 'PT409', detail = 'not_open';
  end if;
end
$$;
comment on function private.require_open is 'PT409 unless a conversation is open.';

create function api.assign_session(p_tenant_id uuid, p_session_id uuid, p_to uuid, p_note text default null)
returns api.handover
language plpgsql
as $$
declare
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  perform private.require_open(p_session_id, v_session.status);
  perform private.require_member(p_tenant_id, p_to);
  v_result := row(p_session_id, 'human', 'open', p_to, v_session.fence, '{}', '{}');
  if v_session.holder = 'human' and v_session.assigned_to = p_to then
    return v_result;
  end if;
  v_result.fence := v_session.fence + 1;
  v_result.cancelled := private.cancel_queued_replies(p_session_id, 'taken_over');
  update sessions set holder = 'human', assigned_to = p_to, fence = v_result.fence, snoozed_until = null, updated_at = now()
  where id = p_session_id;
  update escalations set status = 'claimed', claimed_by = p_to, claimed_at = now()
  where session_id = p_session_id and status <> 'resolved';
  perform private.record_deed(p_session_id, 'session_assigned', jsonb_build_object(
    'from_holder', v_session.holder, 'from_agent', v_session.assigned_to, 'to_agent', p_to, 'note', p_note
  ));
  return v_result;
end
$$;
comment on function api.assign_session is
  'A colleague (or the caller) holds the conversation from now on. PT404 if they are no member. Twice changes nothing.';

create function api.release_session(p_tenant_id uuid, p_session_id uuid) returns api.handover
language plpgsql
as $$
declare
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  perform private.require_open(p_session_id, v_session.status);
  v_result := row(p_session_id, 'queue', 'open', null, v_session.fence, '{}', '{}');
  if v_session.holder = 'queue' and v_session.assigned_to is null then
    return v_result;
  end if;
  v_result.fence := v_session.fence + 1;
  v_result.cancelled := private.cancel_queued_replies(p_session_id, 'taken_over');
  update sessions set holder = 'queue', assigned_to = null, fence = v_result.fence, updated_at = now()
  where id = p_session_id;
  update escalations set status = 'open', claimed_by = null, claimed_at = null
  where session_id = p_session_id and status = 'claimed';
  perform private.record_deed(p_session_id, 'session_released', jsonb_build_object(
    'from_holder', v_session.holder, 'from_agent', v_session.assigned_to
  ));
  return v_result;
end
$$;
comment on function api.release_session is 'The conversation waits in the queue for any person. Twice changes nothing.';

create function api.reopen_session(p_tenant_id uuid, p_session_id uuid) returns api.handover
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
  v_session record;
  v_result api.handover;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  v_result := row(p_session_id, v_session.holder, v_session.status, v_session.assigned_to, v_session.fence, '{}', '{}');
  if v_session.status = 'open' then
    return v_result;
  end if;
  if exists (
    select from sessions o
    where o.contact_id = v_session.contact_id and o.config_id = v_session.config_id and o.status = 'open'
  ) then
    raise exception 'Cannot reopen conversation "%": the contact has a newer open one', p_session_id
      using errcode = 'PT409', detail = 'newer_is_open';
  end if;
  v_result := row(p_session_id, 'human', 'open', v_me, v_session.fence + 1, '{}', '{}');
  update sessions
  set holder = 'human', status = 'open', resolved_at = null, assigned_to = v_me, fence = v_result.fence, updated_at = now()
  where id = p_session_id;
  perform private.record_deed(p_session_id, 'session_reopened', '{}');
  return v_result;
end
$$;
comment on function api.reopen_session is
  'A resolved conversation is open again and the caller holds it. PT409 if the contact has a newer open one. Twice changes nothing.';

create function api.set_session_tags(p_tenant_id uuid, p_session_id uuid, p_tags text[]) returns text[]
language plpgsql
as $$
declare
  v_session record;
  v_tags text[] := array(
    select distinct btrim(t.tag) from unnest(p_tags) as t (tag) where btrim(t.tag) <> '' order by 1 limit 20
  );
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  if exists (select from unnest(v_tags) as t (tag) where length(t.tag) > 40) then
    raise exception 'Cannot tag conversation "%": a tag has 40 characters at most', p_session_id
      using errcode = 'PT400', detail = 'tag_too_long';
  end if;
  if v_session.tags <> v_tags then
    update sessions set tags = v_tags, updated_at = now() where id = p_session_id;
    perform private.record_deed(p_session_id, 'session_tagged', jsonb_build_object('from', v_session.tags, 'to', v_tags));
  end if;
  return v_tags;
end
$$;
comment on function api.set_session_tags is 'Replaces the tags of a conversation: 20 at most, of 40 characters. Returns them as stored.';

create function api.set_session_priority(p_tenant_id uuid, p_session_id uuid, p_priority integer) returns void
language plpgsql
as $$
declare
  v_session record;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  if p_priority not between 0 and 3 then
    raise exception 'Cannot prioritise conversation "%": % is not from 0 to 3', p_session_id, p_priority
      using errcode = 'PT400';
  end if;
  if v_session.priority <> p_priority then
    update sessions set priority = p_priority, updated_at = now() where id = p_session_id;
    perform private.record_deed(
      p_session_id, 'session_prioritised', jsonb_build_object('from', v_session.priority, 'to', p_priority)
    );
  end if;
end
$$;
comment on function api.set_session_priority is '0: none, 1: low, 2: high, 3: urgent.';

create function api.snooze_session(p_tenant_id uuid, p_session_id uuid, p_until timestamptz) returns void
language plpgsql
as $$
declare
  v_session record;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  perform private.require_open(p_session_id, v_session.status);
  if p_until is not null and (p_until <= now() or p_until > now() + interval '90 days') then
    raise exception 'Cannot snooze conversation "%": the time must be within 90 days from now', p_session_id
      using errcode = 'PT400', detail = 'bad_time';
  end if;
  update sessions
  set snoozed_until = p_until, unread_count = case when p_until is null then unread_count else 0 end, updated_at = now()
  where id = p_session_id;
  perform private.record_deed(p_session_id, 'session_snoozed', jsonb_build_object('until', p_until));
end
$$;
comment on function api.snooze_session is
  'Hides a conversation from the queue until a time, or until the contact writes; null ends it. At most 90 days.';

create function api.mark_read(p_tenant_id uuid, p_session_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  -- A contact who wrote has ended the snooze; reading it must not bring the snooze back.
  update sessions set unread_count = 0, snoozed_until = null
  where id = p_session_id and unread_count > 0;
end
$$;
comment on function api.mark_read is 'The messages of a conversation have been seen by a person of the tenant.';

create function api.mark_unread(p_tenant_id uuid, p_session_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  update sessions set unread_count = 1 where id = p_session_id and unread_count = 0;
end
$$;
comment on function api.mark_unread is 'The conversation shows as unread again.';

revoke execute on function
  private.require_member, private.require_open, api.assign_session, api.release_session, api.reopen_session,
  api.set_session_tags, api.set_session_priority, api.snooze_session, api.mark_read, api.mark_unread
  from public;
grant execute on function
  private.require_member, private.require_open, api.assign_session, api.release_session, api.reopen_session,
  api.set_session_tags, api.set_session_priority, api.snooze_session, api.mark_read, api.mark_unread
  to authenticated;
