-- Tenant step 2: who may touch which row. Members get one policy per operation, the worker one for all of a table: what
-- keeps workers apart is that each may use its own schema only.

select private.define_tenant_step(2, 'guard_conversation_tables', $ddl$

-- What the tenant drew: read by all, written by owners and admins.
alter table state_machines enable row level security;
grant select, insert, update on state_machines to authenticated;
create policy "Members read the machines of their tenant" on state_machines
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Owners and admins draw machines" on state_machines
  for insert to authenticated with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins rename and activate machines" on state_machines
  for update to authenticated
  using ((select private.may_administer(tenant_id()))) with check ((select private.may_administer(tenant_id())));
create policy "The worker of this tenant" on state_machines
  for all to engine_worker using (true) with check (true);

alter table state_machine_versions enable row level security;
grant select, insert, update, delete on state_machine_versions to authenticated;
create policy "Members read the versions of their tenant's machines" on state_machine_versions
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Owners and admins write versions" on state_machine_versions
  for insert to authenticated with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins edit drafts" on state_machine_versions
  for update to authenticated
  using ((select private.may_administer(tenant_id()))) with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins delete drafts" on state_machine_versions
  for delete to authenticated using ((select private.may_administer(tenant_id())));
create policy "The worker of this tenant" on state_machine_versions
  for all to engine_worker using (true) with check (true);
create trigger published_version_stays before update or delete on state_machine_versions
  for each row when (old.published_at is not null)
  execute function private.refuse_change_of_published_version();

-- People and their conversations: read by all members; agents correct and steer, the engine alone creates.
alter table contacts enable row level security;
grant select, update (name, language, attributes, tags, opted_out_at, blocked_at, updated_at) on contacts to authenticated;
create policy "Members read the contacts of their tenant" on contacts
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members correct the contacts of their tenant" on contacts
  for update to authenticated
  using ((select private.is_member_of(tenant_id()))) with check ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on contacts
  for all to engine_worker using (true) with check (true);

alter table contact_identities enable row level security;
grant select on contact_identities to authenticated;
create policy "Members read how contacts are known" on contact_identities
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on contact_identities
  for all to engine_worker using (true) with check (true);

alter table sessions enable row level security;
grant select, update (holder, status, fence, assigned_to, priority, tags, unread_count, snoozed_until, message_count,
    last_message_at, last_message_preview, last_message_from, resolved_at, updated_at)
  on sessions to authenticated;
create policy "Members read the conversations of their tenant" on sessions
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members take over, hand back and resolve conversations" on sessions
  for update to authenticated
  using ((select private.is_member_of(tenant_id()))) with check ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on sessions
  for all to engine_worker using (true) with check (true);

alter table messages enable row level security;
grant select, insert (id, session_id, config_id, direction, sender_type, sender_id, type, content, payload, media_id,
    reply_to, status, language),
  update (status, error) on messages to authenticated;
create policy "Members read the messages of their tenant" on messages
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members write messages in their own name" on messages
  for insert to authenticated with check (
    (select private.is_member_of(tenant_id()))
    and sender_type = 'agent' and sender_id = (select private.caller_id()) and direction in ('outbound', 'internal')
  );
create policy "Members cancel what nobody has claimed for sending" on messages
  for update to authenticated
  using ((select private.is_member_of(tenant_id())) and direction = 'outbound' and status = 'queued')
  with check (status = 'cancelled');
create policy "The worker of this tenant" on messages
  for all to engine_worker using (true) with check (true);

alter table pending_messages enable row level security;
grant select, delete on pending_messages to authenticated;
create policy "Members see what waits for an answer" on pending_messages
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members answer in the engine's place" on pending_messages
  for delete to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on pending_messages
  for all to engine_worker using (true) with check (true);

alter table media enable row level security;
grant select, insert (id, path, mime_type, size, sha256, file_name, duration_ms, status) on media to authenticated;
create policy "Members read what files were exchanged" on media
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members add the files that they send" on media
  for insert to authenticated with check ((select private.is_member_of(tenant_id())) and status = 'stored');
create policy "The worker of this tenant" on media
  for all to engine_worker using (true) with check (true);

alter table turns enable row level security;
grant select on turns to authenticated;
create policy "Members read how the engine decided" on turns
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on turns
  for all to engine_worker using (true) with check (true);

alter table escalations enable row level security;
grant select, update (status, claimed_by, claimed_at, resolved_at) on escalations to authenticated;
create policy "Members read the requests for a person" on escalations
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members claim and resolve requests for a person" on escalations
  for update to authenticated
  using ((select private.is_member_of(tenant_id()))) with check ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on escalations
  for all to engine_worker using (true) with check (true);

-- Written once, never changed.
alter table events enable row level security;
grant select, insert (session_id, contact_id, actor_type, actor_id, name, body) on events to authenticated;
create policy "Members read the timeline of their tenant" on events
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members record what they did in their own name" on events
  for insert to authenticated with check (
    (select private.is_member_of(tenant_id())) and actor_type = 'agent' and actor_id = (select private.caller_id())
  );
create policy "The worker of this tenant" on events
  for all to engine_worker using (true) with check (true);

-- The engine's own.
alter table early_statuses enable row level security;
create policy "The worker of this tenant" on early_statuses
  for all to engine_worker using (true) with check (true);

$ddl$);
