-- Storage acts as its caller, as on Supabase; policies on storage.objects decide.
grant usage on schema storage to postgres, anon, authenticated, service_role;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role;
grant execute on all functions in schema storage to postgres, anon, authenticated, service_role;
-- Supabase lets the project's owner write policies on these; plain Postgres asks for their ownership.
alter table storage.objects owner to postgres;
alter table storage.buckets owner to postgres;
