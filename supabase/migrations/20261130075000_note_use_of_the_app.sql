-- That a member uses the app, which says whether they are there (private.availability_now).

-- `security definer` because nobody sets that time but to the present, and for themselves.
create function private.note_use(p_tenant_id uuid) returns text
language plpgsql security definer set search_path = ''
as $$
begin
  -- Several windows of one person tell one thing.
  update public.tenant_members m set last_used_at = now()
  where m.tenant_id = p_tenant_id and m.user_id = private.caller_id()
    and coalesce(m.last_used_at < now() - interval '20 seconds', true);
  return (
    select private.availability_now(m.availability, m.last_used_at) from public.tenant_members m
    where m.tenant_id = p_tenant_id and m.user_id = private.caller_id()
  );
end
$$;
comment on function private.note_use is 'The caller uses the app for a tenant now. Returns what that makes of their availability.';

create function api.tell_in_use(p_tenant_id uuid) returns text
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  return private.note_use(p_tenant_id);
end
$$;
comment on function api.tell_in_use is
  'The caller uses the app: called by it every minute while somebody does. Returns their availability: online, or away or offline if they chose so.';

revoke execute on function private.note_use, api.tell_in_use from public;
grant execute on function private.note_use, api.tell_in_use to authenticated;
