-- Workers touch the due work of their own tenant and report jobs and failures for it; the router claims. No person reads.

grant select, insert, update, delete on private.due_work to engine_worker;
create policy "Workers touch the due work of their own tenant" on private.due_work
  for all to engine_worker
  using (schema_name || '_worker' = current_user) with check (schema_name || '_worker' = current_user);

grant select, update on private.due_work to engine_router;
create policy "The router sees all due work" on private.due_work
  for select to engine_router using (true);
create policy "The router claims due work" on private.due_work
  for update to engine_router using (true) with check (true);

grant insert on private.jobs to engine_worker;
create policy "Workers ask for jobs of their own tenant" on private.jobs
  for insert to engine_worker
  with check (tenant_id in (select t.id from public.tenants t where t.schema_name || '_worker' = current_user));

grant select, update on private.jobs to engine_router;
create policy "The router sees all jobs" on private.jobs
  for select to engine_router using (true);
create policy "The router claims and finishes jobs" on private.jobs
  for update to engine_router using (true) with check (true);

grant insert on private.failed_webhooks to engine_worker;
create policy "Workers report what failed for their own tenant" on private.failed_webhooks
  for insert to engine_worker
  with check (tenant_id in (select t.id from public.tenants t where t.schema_name || '_worker' = current_user));

grant select, insert, update on private.failed_webhooks to engine_router;
create policy "The router sees what waits for replay" on private.failed_webhooks
  for select to engine_router using (true);
create policy "The router keeps what no tenant could store" on private.failed_webhooks
  for insert to engine_router with check (true);
create policy "The router records each replay" on private.failed_webhooks
  for update to engine_router using (true) with check (true);
