-- The door of schema api. Its functions run as their caller, so RLS decides; the first thing each does is to enter the
-- tenant, which sets the search path that its unqualified tables are found in. They are plpgsql without a search path of
-- their own (leaving such a function would undo it) and name no row type of a tenant table (which would bind to one schema).

create function private.enter_tenant(p_tenant_id uuid) returns void
language plpgsql
as $$
declare
  v_schema text := private.schema_for_member(p_tenant_id);
begin
  if v_schema is null then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot enter tenant "%": you do not act for it', p_tenant_id using errcode = 'insufficient_privilege';
  end if;
  perform set_config('search_path', format('%I, extensions, pg_temp', v_schema), true);
end
$$;
comment on function private.enter_tenant is
  'Checks that the caller is a member and sets the search path to the tenant until the transaction ends.';
revoke execute on function private.enter_tenant from public;
grant execute on function private.enter_tenant to authenticated;

create function private.role_on_entry(p_tenant_id uuid) returns text
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return private.role_in(p_tenant_id);
end
$$;
comment on function private.role_on_entry is 'The caller''s role in a tenant; enters it, and refuses strangers, as every function of api does.';
revoke execute on function private.role_on_entry from public;
grant execute on function private.role_on_entry to authenticated;

create type api.tenant as (
  id uuid, slug text, name text, status text, locale text, time_zone text, role text, settings jsonb
);

create function api.list_my_tenants() returns setof api.tenant
language plpgsql
as $$
begin
  return query
    select t.id, t.slug, t.name, t.status, t.locale, t.time_zone, m.role, t.settings
    from public.tenant_members m join public.tenants t on t.id = m.tenant_id
    where m.user_id = (select private.caller_id())
    order by t.name, t.id;
end
$$;
comment on function api.list_my_tenants is 'The tenants that the caller acts for, and as what.';
revoke execute on function api.list_my_tenants from public;
grant execute on function api.list_my_tenants to authenticated;
