-- Who may read and change the registry. People act through schema api, which runs as themselves, so these hold there.

-- Members read their own tenants; owners and admins change what is theirs to change, never the slug or the status.
grant select on public.tenants, public.client_configs, public.tenant_members to authenticated;
grant update (name, locale, time_zone, settings) on public.tenants to authenticated;
grant update (display_name, is_enabled, debounce_ms, debounce_max_ms) on public.client_configs to authenticated;
grant update (display_name, phone, availability, notify) on public.tenant_members to authenticated;
grant select (id, tenant_id, email, role, invited_by, expires_at, accepted_at, accepted_by, revoked_at, created_at)
  on public.tenant_invitations to authenticated;

create policy "Members read their tenants" on public.tenants
  for select to authenticated using (id in (select private.my_tenant_ids()));
create policy "Owners and admins change their tenant" on public.tenants
  for update to authenticated
  using (id in (select private.my_tenant_ids(array['owner', 'admin'])))
  with check (id in (select private.my_tenant_ids(array['owner', 'admin'])));

create policy "Members read the numbers of their tenants" on public.client_configs
  for select to authenticated using (client_id in (select private.my_tenant_ids()));
create policy "Owners and admins change the numbers of their tenant" on public.client_configs
  for update to authenticated
  using (client_id in (select private.my_tenant_ids(array['owner', 'admin'])))
  with check (client_id in (select private.my_tenant_ids(array['owner', 'admin'])));

create policy "Members see who else acts for their tenants" on public.tenant_members
  for select to authenticated using (tenant_id in (select private.my_tenant_ids()));
create policy "Members change how they are shown and told" on public.tenant_members
  for update to authenticated
  using (user_id = (select private.caller_id())) with check (user_id = (select private.caller_id()));

create policy "Owners and admins see invitations to their tenant" on public.tenant_invitations
  for select to authenticated using (tenant_id in (select private.my_tenant_ids(array['owner', 'admin'])));

-- A worker knows its own tenant and that tenant's numbers.
grant select on public.tenants, public.client_configs to engine_worker;
create policy "Workers read their own tenant" on public.tenants
  for select to engine_worker using (schema_name || '_worker' = current_user);
create policy "Workers read the numbers of their own tenant" on public.client_configs
  for select to engine_worker using (schema_name || '_worker' = current_user);

-- The router finds the tenant of a number, and whether it works at present.
grant select (id, slug, schema_name, status) on public.tenants to engine_router;
grant select on public.client_configs to engine_router;
create policy "The router reads which tenants there are" on public.tenants
  for select to engine_router using (true);
create policy "The router reads which tenant owns a number" on public.client_configs
  for select to engine_router using (true);
