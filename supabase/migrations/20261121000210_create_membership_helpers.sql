-- Who the caller is for a tenant. Read from the table at every request, never from the token.
-- Those that read it are `security definer` because policies of public.tenant_members itself ask them: reading that
-- table under its own policies would never end.
--
-- Policies ask them with every query, so they are plpgsql: its plans last as long as the connection, where a SQL function
-- that cannot be put into its query is planned anew at each call. Who calls stands in the condition itself, and not in a
-- variable, so that the planner knows it for one value and takes the index however few members there are.

-- SQL with a body that is parsed here, so that it is put into the queries that ask it and no search path matters to it.
create function private.caller_id() returns uuid
language sql stable
return coalesce(
  nullif(current_setting('request.jwt.claim.sub', true), ''),
  nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
)::uuid;
comment on function private.caller_id is
  'The person who calls, or null. As auth.uid(), but from both settings that platforms keep claims in, since not every auth.uid() reads both.';

create function private.role_in(p_tenant_id uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select m.role from public.tenant_members m where m.tenant_id = p_tenant_id and m.user_id = private.caller_id()
  );
end
$$;
comment on function private.role_in is 'The caller''s role in a tenant, or null for a stranger.';

create function private.is_member_of(p_tenant_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return exists (
    select from public.tenant_members m where m.tenant_id = p_tenant_id and m.user_id = private.caller_id()
  );
end
$$;
comment on function private.is_member_of is 'Whether the caller acts for a tenant, in any role.';

create function private.schema_for_member(p_tenant_id uuid) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (
    select t.schema_name from public.tenants t join public.tenant_members m on m.tenant_id = t.id
    where t.id = p_tenant_id and m.user_id = private.caller_id()
  );
end
$$;
comment on function private.schema_for_member is 'The schema of a tenant that the caller acts for, or null.';

create function private.may_administer(p_tenant_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return coalesce(private.role_in(p_tenant_id) in ('owner', 'admin'), false);
end
$$;
comment on function private.may_administer is 'Whether the caller is owner or admin of a tenant.';

create function private.my_tenant_ids(p_roles text[] default array['owner', 'admin', 'agent']) returns setof uuid
language plpgsql stable security definer rows 5 set search_path = ''
as $$
begin
  return query
    select m.tenant_id from public.tenant_members m where m.user_id = private.caller_id() and m.role = any (p_roles);
end
$$;
comment on function private.my_tenant_ids is 'The tenants in which the caller has one of these roles.';

create function private.availability_now(p_chosen text, p_last_used_at timestamptz) returns text
language sql stable set search_path = ''
as $$
  select case
    when p_chosen = 'offline' or p_last_used_at is null or p_last_used_at < now() - interval '8 hours' then 'offline'
    when p_chosen = 'away' or p_last_used_at < now() - interval '3 minutes' then 'away'
    else 'online'
  end
$$;
comment on function private.availability_now is
  'Whether a member is there: online while they use the app, away from 3 minutes after that, offline after a working day (8 hours) or if they never did; by choice at most away, or offline. By the clock of the database, so a closed laptop says nothing.';

revoke execute on function private.caller_id, private.role_in, private.is_member_of, private.schema_for_member, private.may_administer,
  private.my_tenant_ids, private.availability_now
  from public;
grant execute on function private.caller_id, private.role_in, private.is_member_of, private.schema_for_member, private.may_administer,
  private.my_tenant_ids, private.availability_now
  to authenticated;
