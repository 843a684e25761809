-- Changing roles, removing, leaving, and how a person is shown. What a person held is free for others when they go.

-- `security definer` because nobody writes roles but by these rules.
create function private.set_role(p_tenant_id uuid, p_user_id uuid, p_role text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_old text;
begin
  perform private.require_manager_of(p_tenant_id, p_role, 'change a role');
  select m.role into v_old from public.tenant_members m
  where m.tenant_id = p_tenant_id and m.user_id = p_user_id for update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot change role: "%" does not act for tenant "%"', p_user_id, p_tenant_id using errcode = 'PT404';
  end if;
  perform private.require_manager_of(p_tenant_id, v_old, 'change a role');
  if v_old = p_role then
    return;
  end if;
  update public.tenant_members set role = p_role where tenant_id = p_tenant_id and user_id = p_user_id;
  perform private.record_event(p_tenant_id, private.caller_id(), 'role_changed',
    jsonb_build_object('user_id', p_user_id, 'from', v_old, 'to', p_role));
end
$$;
comment on function private.set_role is 'Gives a member another role; the last owner stays one.';

-- `security definer` for the same reason.
create function private.end_membership(p_tenant_id uuid, p_user_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.caller_id();
  v_role text;
begin
  select m.role into v_role from public.tenant_members m
  where m.tenant_id = p_tenant_id and m.user_id = p_user_id and private.is_member_of(p_tenant_id) for update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot remove member: "%" does not act for tenant "%"', p_user_id, p_tenant_id using errcode = 'PT404';
  end if;
  if p_user_id <> v_me then
    perform private.require_manager_of(p_tenant_id, v_role, 'remove a member');
  end if;
  delete from public.tenant_members where tenant_id = p_tenant_id and user_id = p_user_id;
  update public.tenant_invitations set revoked_at = now()
  where tenant_id = p_tenant_id and invited_by = p_user_id and accepted_at is null and revoked_at is null;
  perform private.record_event(p_tenant_id, v_me, case when p_user_id = v_me then 'member_left' else 'member_removed' end,
    jsonb_build_object('user_id', p_user_id, 'role', v_role));
end
$$;
comment on function private.end_membership is
  'Removes a member, or the caller; invitations that they sent and nobody accepted are taken back. The last owner stays.';

create function private.release_conversations(p_user_id uuid) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path. Locks the conversations in the order of their ids, as everybody does.
declare
  v_ids uuid[];
begin
  select array_agg(l.id) into v_ids from (
    select s.id from sessions s where s.assigned_to = p_user_id and s.status = 'open' order by s.id for no key update
  ) l;
  update sessions set assigned_to = null, holder = case when holder = 'human' then 'queue' else holder end,
    fence = fence + 1, updated_at = now()
  where id = any (v_ids);
  update escalations set status = 'open', claimed_by = null, claimed_at = null
  where status = 'claimed' and claimed_by = p_user_id;
  insert into events (session_id, actor_type, actor_id, name, body)
  select r.id, 'agent', private.caller_id(), 'session_released', jsonb_build_object('from_agent', p_user_id)
  from unnest(v_ids) r (id);
end
$$;
comment on function private.release_conversations is 'Puts what a person holds back into the queue, for a colleague to take.';

create function api.change_role(p_tenant_id uuid, p_user_id uuid, p_role text) returns api.member
language plpgsql
as $$
declare
  v_result api.member;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.set_role(p_tenant_id, p_user_id, p_role);
  select * into v_result from private.read_members(p_tenant_id, p_user_id);
  return v_result;
end
$$;
comment on function api.change_role is 'Makes a member owner, admin or agent. PT409 for the last owner, PT404 for a stranger.';

create function api.remove_member(p_tenant_id uuid, p_user_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.release_conversations(p_user_id);
  perform private.end_membership(p_tenant_id, p_user_id);
end
$$;
comment on function api.remove_member is
  'Ends a membership; what the person held waits in the queue. PT409 for the last owner, PT404 for a stranger.';

create function api.leave_tenant(p_tenant_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.release_conversations(private.caller_id());
  perform private.end_membership(p_tenant_id, private.caller_id());
end
$$;
comment on function api.leave_tenant is 'Ends the caller''s own membership. PT409 for the last owner.';

create function api.update_my_profile(
  p_tenant_id uuid,
  p_display_name text default null,
  p_phone text default null,
  p_availability text default null,
  p_notify jsonb default null
) returns api.member
language plpgsql
as $$
declare
  v_result api.member;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  update public.tenant_members m set
    display_name = coalesce(btrim(p_display_name), m.display_name),
    phone = case when p_phone is null then m.phone else nullif(btrim(p_phone), '') end,
    availability = coalesce(p_availability, m.availability),
    notify = coalesce(p_notify, m.notify)
  where m.tenant_id = p_tenant_id and m.user_id = (select private.caller_id());
  select * into v_result from private.read_members(p_tenant_id, private.caller_id());
  return v_result;
end
$$;
comment on function api.update_my_profile is
  'How the caller is shown and told in a tenant; what is not given stays, an empty phone is taken away. p_availability: automatic, or away or offline at most.';

revoke execute on function
  private.set_role, private.end_membership, private.release_conversations,
  api.change_role, api.remove_member, api.leave_tenant, api.update_my_profile
  from public;
grant execute on function
  private.set_role, private.end_membership, private.release_conversations,
  api.change_role, api.remove_member, api.leave_tenant, api.update_my_profile
  to authenticated;
