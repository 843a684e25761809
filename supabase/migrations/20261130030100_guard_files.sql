-- The files of a tenant are in its bucket, `client-<slug>`: its people read them and add what they want to send, below
-- `outbound/`. Everything else is the functions', which act with the secret key.

-- `security definer` because policies of storage.objects ask it for people who read the registry under policies too.
create function private.my_file_buckets() returns setof text
language sql stable security definer set search_path = ''
as $$
  select 'client-' || t.slug from public.tenants t
  where t.id in (select private.my_tenant_ids()) and t.status <> 'dropping'
$$;
comment on function private.my_file_buckets is 'The Storage buckets of the tenants that the caller acts for.';
revoke execute on function private.my_file_buckets from public;
grant execute on function private.my_file_buckets to authenticated;

create policy "Members read the files of their tenants" on storage.objects
  for select to authenticated using (bucket_id in (select private.my_file_buckets()));
create policy "Members upload what they want to send" on storage.objects
  for insert to authenticated with check (
    bucket_id in (select private.my_file_buckets()) and (storage.foldername(name))[1] = 'outbound'
  );
