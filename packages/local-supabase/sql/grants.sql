-- Lite leaves schema auth closed to the roles that policies run as; Supabase opens it.
grant usage on schema auth to postgres, anon, authenticated, service_role;
grant execute on all functions in schema auth to postgres, anon, authenticated, service_role;
grant all on all tables in schema auth to postgres;
grant references on auth.users to postgres;
-- The history of migrations is the project owner's, who writes it.
grant all on schema supabase_migrations to postgres;
grant all on all tables in schema supabase_migrations to postgres;
