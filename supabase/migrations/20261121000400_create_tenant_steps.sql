-- Tables many times, functions once: a step is DDL without schema names; every tenant has gone through the same steps.

create table private.tenant_steps (
  version integer primary key,
  name text not null unique,
  ddl text not null,
  defined_at timestamptz not null default now(),
  constraint version_is_positive check (version > 0),
  constraint name_is_a_verb_phrase check (name ~ '^[a-z]+(_[a-z]+)+$')
);
comment on table private.tenant_steps is 'A numbered change of every tenant schema; its DDL names no schema.';
alter table private.tenant_steps enable row level security;

create table private.tenant_step_ledger (
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  version integer not null references private.tenant_steps (version),
  applied_at timestamptz not null default now(),
  primary key (tenant_id, version)
);
comment on table private.tenant_step_ledger is 'Which tenant has gone through which step.';
alter table private.tenant_step_ledger enable row level security;
create index tenant_step_ledger_by_version on private.tenant_step_ledger (version);

create function private.migrate_tenant(p_tenant_id uuid) returns integer
language plpgsql set search_path = ''
as $$
declare
  v_schema text;
  v_step record;
  v_applied integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('migrate_tenant ' || p_tenant_id, 0));
  select t.schema_name into v_schema from public.tenants t
  where t.id = p_tenant_id and t.status <> 'dropping';
  if not found then
    raise exception 'Cannot migrate tenant "%": it does not exist or is being dropped', p_tenant_id
      using errcode = 'no_data_found';
  end if;
  for v_step in
    select s.version, s.name, s.ddl from private.tenant_steps s
    where not exists (
      select from private.tenant_step_ledger l where l.tenant_id = p_tenant_id and l.version = s.version
    )
    order by s.version
  loop
    -- The row comes first: of two runners that saw the step missing, the second fails here and not half-way in the DDL.
    insert into private.tenant_step_ledger (tenant_id, version) values (p_tenant_id, v_step.version);
    perform set_config('search_path', format('%I, extensions, pg_temp', v_schema), true);
    execute v_step.ddl;
    perform set_config('search_path', '', true);
    v_applied := v_applied + 1;
  end loop;
  if v_applied > 0 then
    execute format('grant select, insert, update, delete on all tables in schema %I to %I', v_schema, v_schema || '_worker');
    execute format('grant usage, select on all sequences in schema %I to %I', v_schema, v_schema || '_worker');
  end if;
  return v_applied;
end
$$;
comment on function private.migrate_tenant is
  'Applies the pending steps to one tenant in the caller''s transaction and gives its worker the new tables; returns how many steps.';

create procedure private.migrate_tenants()
language plpgsql
as $$
-- No pinned search_path: a procedure with one may not commit. Everything below is qualified.
declare
  v_tenant record;
  v_failed text[] := '{}';
begin
  for v_tenant in select t.id, t.slug from public.tenants t where t.status <> 'dropping' order by t.slug loop
    begin
      perform private.migrate_tenant(v_tenant.id);
    exception when others then
      v_failed := v_failed || format('%s (%s)', v_tenant.slug, sqlerrm);
    end;
    commit;
  end loop;
  if v_failed <> '{}' then
    raise exception 'Cannot migrate % tenants: %', cardinality(v_failed), array_to_string(v_failed, '; ');
  end if;
end
$$;
comment on procedure private.migrate_tenants is
  'Migrates every tenant, each in a transaction of its own; one that fails stops no other. Run again to resume.';

create function private.define_tenant_step(p_version integer, p_name text, p_ddl text) returns void
language plpgsql set search_path = ''
as $$
declare
  v_tenant_id uuid;
begin
  insert into private.tenant_steps (version, name, ddl) values (p_version, p_name, p_ddl);
  for v_tenant_id in select t.id from public.tenants t where t.status <> 'dropping' order by t.slug loop
    perform private.migrate_tenant(v_tenant_id);
  end loop;
end
$$;
comment on function private.define_tenant_step is
  'Registers a step and applies it to every tenant in the migration''s own transaction: a step arrives everywhere or nowhere.';

revoke execute on function private.migrate_tenant, private.define_tenant_step from public;
revoke execute on procedure private.migrate_tenants from public;
