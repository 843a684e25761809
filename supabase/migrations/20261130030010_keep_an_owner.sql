-- A tenant that has an owner keeps one, whoever takes one away and however many do it at once.

-- `security definer` because who has just left sees neither the tenant nor its members.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  -- The tenant's row is held until commit, so of two who do this at once the second sees what the first has done. It is gone
  -- when the whole tenant is being dropped.
  perform from public.tenants t where t.id = old.tenant_id for no key update;
  if found and not exists (
    select from public.tenant_members m where m.tenant_id = old.tenant_id and m.role = 'owner'
  ) then
    raise exception 'Cannot take the last owner away from tenant "%"', old.tenant_id
      using errcode = 'PT409', hint = 'Make somebody else an owner first.';
  end if;
  return null;
end
$$;
comment on function private.keep_an_owner is 'Refuses with PT409 what would leave a tenant without an owner.';
revoke execute on function private.keep_an_owner from public;

create trigger owner_stays after delete or update of role, tenant_id on public.tenant_members
  for each row when (old.role = 'owner') execute function private.keep_an_owner();

create function private.require_manager_of(p_tenant_id uuid, p_role text, p_act text) returns void
language plpgsql set search_path = ''
as $$
declare
  v_mine text := private.role_in(p_tenant_id);
begin
  if v_mine = 'owner' or (v_mine = 'admin' and p_role in ('admin', 'agent')) then
    return;
  end if;
  perform private.note_refusal('42501', p_tenant_id);
  raise exception 'Cannot % in tenant "%": % may', p_act, p_tenant_id,
    case when p_role = 'owner' then 'only an owner' else 'only an owner or admin' end
    using errcode = 'insufficient_privilege';
end
$$;
comment on function private.require_manager_of is
  'Refuses who may not manage people of a role: owners manage everybody, admins manage admins and agents.';
revoke execute on function private.require_manager_of from public;

-- `security definer` because it also writes for people who are not members, as when an invitation is refused.
create function private.record_event(p_tenant_id uuid, p_actor_id uuid, p_name text, p_body jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_schema text;
begin
  select t.schema_name into strict v_schema from public.tenants t where t.id = p_tenant_id;
  perform set_config('search_path', format('%I', v_schema), true);
  insert into events (actor_type, actor_id, name, body) values ('agent', p_actor_id, p_name, p_body);
end
$$;
comment on function private.record_event is 'Adds to the audit timeline of a tenant. Callers have decided that it happened.';
revoke execute on function private.record_event from public;
