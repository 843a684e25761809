-- Where things live, and who the engine is when it speaks to the database.

create schema private;
comment on schema private is 'Registry internals, work tables and helpers. Exposed to no API.';
create schema api;
comment on schema api is 'What apps call. The only schema that PostgREST exposes.';
create schema engine;
comment on schema engine is 'What workers and the router call; runs in the tenant path that its caller has set.';

create schema if not exists extensions;

-- A function belongs to nobody until a migration grants it beside its definition.
alter default privileges revoke execute on functions from public;

-- Roles belong to the cluster, so another database of the same cluster may have made them already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'engine_worker') then
    create role engine_worker nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'engine_router') then
    create role engine_router nologin;
  end if;
end
$$;
comment on role engine_worker is 'Group of the tenants'' workers; every tenant table has one policy for it.';
comment on role engine_router is 'Finds the tenant of a webhook and claims due work; reads nothing of any tenant.';

-- The login may become them for one transaction, and has none of their rights otherwise.
grant engine_worker to current_user with set true, inherit false;
grant engine_router to current_user with set true, inherit false;

grant usage on schema private to engine_worker, engine_router, authenticated;
grant usage on schema engine to engine_worker, engine_router;
grant usage on schema extensions to engine_worker, engine_router;
grant usage on schema api to authenticated;
grant usage on schema public to engine_worker, engine_router, authenticated;
