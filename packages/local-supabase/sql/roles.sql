-- What every Supabase project has before the first migration: roles, schemas, extensions. Run by the superuser.

do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated'] loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator login noinherit;
  end if;
  -- The role that migrations and functions log in with has no superuser rights when hosted.
  if not exists (select from pg_roles where rolname = 'postgres') then
    create role postgres login createrole createdb replication bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    create role supabase_auth_admin nologin noinherit createrole;
  end if;
end
$$;

grant anon, authenticated, service_role to authenticator;
do $$
begin
  if not (select rolsuper from pg_roles where rolname = 'postgres') then
    grant anon, authenticated, service_role to postgres with admin option, set true, inherit false;
    execute format('grant create, connect, temporary on database %I to postgres', current_database());
    grant all on schema public to postgres;
    grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
  end if;
end
$$;

create schema if not exists extensions;
grant usage on schema extensions to public;
grant all on schema extensions to postgres;
revoke create on schema public from public;

create extension if not exists vector with schema extensions;
