-- Tenant step 90: what was promised to a customer, and what a person told the bot when giving a conversation back.

select private.define_tenant_step(90, 'define_promises', $ddl$

create table promises (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references sessions (id) on delete cascade,
  content text not null,
  doer text not null,
  due_at timestamptz not null,
  status text not null default 'open',
  created_by uuid,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint content_is_a_sentence check (length(btrim(content)) between 1 and 500),
  constraint doer_is_known check (doer in ('bot', 'person')),
  constraint status_is_known check (status in ('open', 'kept', 'escalated', 'cancelled')),
  constraint settled_at_some_time check ((status = 'open') = (settled_at is null))
);
comment on table promises is
  'Something that was promised to a contact: when it is due, the bot writes (doer bot) or a person is called (doer person).';
create index promises_by_session on promises (session_id, due_at);

alter table promises enable row level security;
grant select, insert (session_id, content, doer, due_at, created_by), update (status, settled_at) on promises to authenticated;
create policy "Members read what their tenant promised" on promises
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members promise in their own name" on promises
  for insert to authenticated with check (
    (select private.is_member_of(tenant_id())) and created_by = (select private.caller_id())
  );
create policy "Members settle what their tenant promised" on promises
  for update to authenticated
  using ((select private.is_member_of(tenant_id()))) with check ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on promises
  for all to engine_worker using (true) with check (true);

alter table sessions add column hand_back_note text;
comment on column sessions.hand_back_note is 'What the person who last gave the conversation back wants the bot to know.';
grant update (state, variables, turns_in_state, hand_back_note) on sessions to authenticated;

$ddl$);
