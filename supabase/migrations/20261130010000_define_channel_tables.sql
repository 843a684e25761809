-- Tenant step 20: what a channel tells beside messages and statuses, and the templates of its account.

select private.define_tenant_step(20, 'create_channel_tables', $ddl$

create table channel_events (
  id bigint generated always as identity primary key,
  config_id uuid,
  kind text not null,
  external_id text not null,
  contact_id uuid references contacts (id) on delete cascade,
  message_external_id text,
  is_waiting boolean not null default false,
  body jsonb not null default '{}',
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint event_is_kept_once unique (config_id, kind, external_id),
  constraint kind_is_known check (kind = any ('{
    edit, revoke, reaction, identity_change, notice, group_message, preference, call, standby, handover, history,
    address, provider_error, account}')),
  constraint what_waits_names_its_message check (message_external_id is not null or not is_waiting)
);
comment on table channel_events is
  'Something the channel told that is no message of a conversation. Its id makes it one row, and only a new row has effects.';
comment on column channel_events.config_id is 'The number; also of what is said about its account.';
comment on column channel_events.message_external_id is 'The message that an edit, a revoke or a reaction speaks of.';
comment on column channel_events.is_waiting is 'Its message is not here yet; it is looked for again for 24 hours.';
create index channel_events_by_message on channel_events (config_id, message_external_id)
  where message_external_id is not null;
create index channel_events_by_contact on channel_events (contact_id) where contact_id is not null;
create index channel_events_waiting on channel_events (created_at) where is_waiting;
create index channel_events_by_kind on channel_events (kind, id);

create table message_templates (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  external_id text,
  name text not null,
  language text not null,
  category text,
  status text not null default 'pending',
  quality text,
  components jsonb not null default '[]',
  reason text,
  told_at jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint template_has_one_name_per_language unique (account_id, name, language),
  constraint components_are_a_list check (jsonb_typeof(components) = 'array'),
  constraint told_at_is_an_object check (jsonb_typeof(told_at) = 'object')
);
comment on table message_templates is
  'A message that the provider approves beforehand; all that may be sent outside the reply window. It belongs to the account.';
comment on column message_templates.status is 'The provider''s word in lower case: approved, rejected, paused, disabled and so on.';
comment on column message_templates.quality is 'What customers think of it: green, yellow, red or unknown.';
comment on column message_templates.components is 'Header, body, footer and buttons as the provider writes them.';
comment on column message_templates.told_at is 'When the provider last told status, quality, category and components, so that older news changes nothing.';
create index message_templates_by_external_id on message_templates (external_id) where external_id is not null;

alter table sessions add column held_until timestamptz;
comment on column sessions.held_until is
  'Until when the bot is silent because the owner answered from the phone app; null where a person took over in the product.';

alter table channel_events enable row level security;
grant select on channel_events to authenticated;
create policy "Members read what the channels of their tenant told" on channel_events
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on channel_events
  for all to engine_worker using (true) with check (true);

alter table message_templates enable row level security;
grant select on message_templates to authenticated;
create policy "Members read the templates of their tenant" on message_templates
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on message_templates
  for all to engine_worker using (true) with check (true);

$ddl$);

-- What is told about an account is for all of its numbers.
create index client_configs_by_account on public.client_configs (channel_type, (settings ->> 'waba_id'))
  where settings ? 'waba_id';
