-- A tenant's life: made in one transaction, suspended and resumed, dropped without a trace.

create function private.provision_tenant(
  p_slug text,
  p_name text,
  p_locale text default 'es',
  p_time_zone text default 'UTC',
  p_settings jsonb default '{}'
) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_id uuid;
  v_schema text;
  v_worker text;
begin
  -- First, because its constraints decide which slug may become an identifier.
  insert into public.tenants (slug, name, locale, time_zone, settings)
  values (p_slug, p_name, p_locale, p_time_zone, p_settings)
  returning id, schema_name into v_id, v_schema;
  perform now() at time zone p_time_zone;
  v_worker := v_schema || '_worker';

  -- A role that another database of the cluster has for a tenant of that name is the same worker; somebody's login is not.
  if exists (
    select from pg_catalog.pg_roles
    where rolname = v_worker and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
  ) then
    raise exception 'Cannot provision tenant "%": the role "%" is there and may log in', p_slug, v_worker
      using errcode = 'duplicate_object';
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = v_worker) then
    execute format('create role %I nologin', v_worker);
  end if;
  execute format('grant engine_worker to %I with inherit true, set false', v_worker);
  execute format('grant %I to current_user with set true, inherit false', v_worker);

  execute format('create schema %I', v_schema);
  execute format('comment on schema %I is %L', v_schema, 'Tenant ' || v_id);
  execute format(
    'create function %I.tenant_id() returns uuid language sql immutable parallel safe as %L',
    v_schema, format('select %L::uuid', v_id)
  );
  execute format('comment on function %I.tenant_id is %L', v_schema, 'The tenant of this schema, so that policies can name it.');
  execute format('revoke execute on function %I.tenant_id() from public', v_schema);
  execute format('grant usage on schema %I to %I, authenticated', v_schema, v_worker);
  execute format('grant execute on function %I.tenant_id() to %I, authenticated', v_schema, v_worker);

  perform private.migrate_tenant(v_id);
  return v_id;
end
$$;
comment on function private.provision_tenant is
  'Makes a tenant: registry row, worker role, schema, constant tenant_id(), all steps, grants. One transaction: it fails without a trace.';

create function private.suspend_tenant(p_tenant_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  v_schema text;
begin
  update public.tenants set status = 'suspended' where id = p_tenant_id and status in ('active', 'suspended')
  returning schema_name into v_schema;
  if not found then
    raise exception 'Cannot suspend tenant "%": it does not exist or is being dropped', p_tenant_id
      using errcode = 'no_data_found';
  end if;
  -- What is being computed may not commit any more; the turn that comes instead finds the tenant suspended and says so.
  perform set_config('search_path', format('%I, pg_temp', v_schema), true);
  update sessions s set fence = s.fence + 1, base_fence = s.fence + 1
  where exists (select from turns t where t.session_id = s.id and t.status = 'open');
end
$$;
comment on function private.suspend_tenant is
  'Messages are still stored, but nothing is answered, turns that are being computed included. Twice changes nothing.';

create function private.resume_tenant(p_tenant_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.tenants set status = 'active' where id = p_tenant_id and status in ('active', 'suspended');
  if not found then
    raise exception 'Cannot resume tenant "%": it does not exist or is being dropped', p_tenant_id
      using errcode = 'no_data_found';
  end if;
end
$$;
comment on function private.resume_tenant is 'Lets a suspended tenant answer again. Twice changes nothing.';

create function private.start_dropping_tenant(p_tenant_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update public.tenants set status = 'dropping' where id = p_tenant_id and status in ('suspended', 'dropping');
  if not found then
    raise exception 'Cannot drop tenant "%": it does not exist or is not suspended', p_tenant_id
      using errcode = 'object_not_in_prerequisite_state', hint = 'Suspend it first.';
  end if;
end
$$;
comment on function private.start_dropping_tenant is
  'The point of no return: files may be deleted after it, and nothing resumes the tenant.';

create function private.drop_tenant(p_tenant_id uuid) returns boolean
language plpgsql set search_path = ''
as $$
declare
  v_schema text;
  v_worker text;
begin
  select t.schema_name into v_schema from public.tenants t where t.id = p_tenant_id for update;
  if not found then
    return false;
  end if;
  perform private.start_dropping_tenant(p_tenant_id);
  v_worker := v_schema || '_worker';
  execute format('drop schema if exists %I cascade', v_schema);
  -- Numbers, secrets, due work, jobs, failed webhooks, members and the ledger go with the registry row.
  delete from public.tenants where id = p_tenant_id;
  if exists (select from pg_catalog.pg_roles where rolname = v_worker) then
    begin
      execute format('drop role %I', v_worker);
    exception when dependent_objects_still_exist then
      raise notice 'Role % stays: another database of this cluster has a tenant of that name', v_worker;
    end;
  end if;
  return true;
end
$$;
comment on function private.drop_tenant is
  'Removes a suspended tenant: schema, worker role and everything in the registry. False if it is gone already.';

revoke execute on function
  private.provision_tenant, private.suspend_tenant, private.resume_tenant, private.start_dropping_tenant,
  private.drop_tenant
  from public;
