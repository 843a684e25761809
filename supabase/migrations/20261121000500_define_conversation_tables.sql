-- Tenant step 1: people who write, their conversations, messages and turns. No schema is named: every tenant gets its own.
-- One file, since it is one step: a tenant has all of these tables or none.
--
-- Checks of sessions and messages list values as one array constant: Postgres reads a check anew with every statement
-- that writes a row, and a list of constants takes it twice as long.

select private.define_tenant_step(1, 'create_conversation_tables', $ddl$

create table state_machines (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  is_active boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table state_machines is 'A sales conversation that the tenant drew; one is active.';
create unique index one_state_machine_is_active on state_machines (is_active) where is_active;

create table state_machine_versions (
  id uuid primary key default gen_random_uuid(),
  state_machine_id uuid not null references state_machines (id) on delete cascade,
  version integer not null,
  definition jsonb not null,
  published_at timestamptz,
  published_by uuid,
  note text,
  created_at timestamptz not null default now(),
  constraint version_counts_up unique (state_machine_id, version),
  constraint definition_is_an_object check (jsonb_typeof(definition) = 'object')
);
comment on table state_machine_versions is 'A version of a state machine; once published it never changes.';

create table contacts (
  id uuid primary key default gen_random_uuid(),
  name text,
  language text,
  attributes jsonb not null default '{}',
  tags text[] not null default '{}',
  opted_out_at timestamptz,
  blocked_at timestamptz,
  merged_into uuid references contacts (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint contact_is_not_merged_into_itself check (merged_into is distinct from id)
);
comment on table contacts is 'A person who writes to the tenant.';
create index contacts_by_merged_into on contacts (merged_into) where merged_into is not null;

create table contact_identities (
  id uuid primary key default gen_random_uuid(),
  contact_id uuid not null references contacts (id) on delete cascade,
  channel_type text not null,
  kind text not null,
  external_id text not null,
  profile jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint identity_belongs_to_one_contact unique (channel_type, kind, external_id)
);
comment on table contact_identities is 'How a channel knows a contact. WhatsApp: kind bsuid first, phone beside it.';
create index contact_identities_by_contact on contact_identities (contact_id);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  contact_id uuid not null references contacts (id) on delete cascade,
  config_id uuid not null references public.client_configs (id),
  holder text not null default 'bot',
  status text not null default 'open',
  state text,
  machine_version_id uuid references state_machine_versions (id),
  variables jsonb not null default '{}',
  fence bigint not null default 0,
  supersede_count integer not null default 0,
  turns_in_state integer not null default 0,
  failed_turns integer not null default 0,
  clarifications integer not null default 0,
  assigned_to uuid,
  priority integer not null default 0,
  tags text[] not null default '{}',
  window_expires_at timestamptz,
  last_message_at timestamptz,
  inbox_slot timestamptz generated always as (date_bin('5 minutes', last_message_at, '2000-01-01 00:00:00+00')) stored,
  last_message_preview text,
  last_message_from text,
  last_inbound_external_id text,
  unread_count integer not null default 0,
  snoozed_until timestamptz,
  message_count integer not null default 0,
  summary text,
  topics text[] not null default '{}',
  sentiment text,
  intent text,
  language text,
  is_legacy boolean not null default false,
  resolved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint holder_is_known check (holder = any ('{bot, human, queue}')),
  constraint status_is_known check (status = any ('{open, resolved, archived}')),
  constraint resolved_at_some_time check ((status = 'open') = (resolved_at is null)),
  constraint variables_are_an_object check (jsonb_typeof(variables) = 'object')
);
comment on table sessions is 'One conversation of a contact on one channel number.';
comment on column sessions.fence is
  'Raised by everything that makes older work stale: a new message, a takeover, a hand-back, an edit, an opened turn.';
comment on column sessions.clarifications is 'Turns in a row, up to now, in which the bot asked back without learning anything.';
comment on column sessions.snoozed_until is
  'Out of the queue until then, or until the contact writes: it hides only what has no unread message.';
comment on column sessions.inbox_slot is
  'The five minutes of the newest message. The inbox is ordered by it first, so that a message does not move its conversation in an index.';
create unique index one_session_is_open_per_contact_and_config on sessions (contact_id, config_id) where status = 'open';
create index sessions_by_contact on sessions (contact_id);
create index sessions_by_config on sessions (config_id);
create index sessions_by_machine_version on sessions (machine_version_id);
create index sessions_by_recency on sessions (status, inbox_slot desc);
-- Most changes of a conversation touch no index, and find room on their own page: five minutes are one place in the inbox.
alter table sessions set (fillfactor = 70);

create table turns (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references sessions (id) on delete cascade,
  fence bigint not null,
  cause text not null default 'messages',
  status text not null default 'open',
  decision text,
  confidence real,
  scores jsonb not null default '{}',
  from_state text,
  to_state text,
  machine_version_id uuid references state_machine_versions (id),
  reason text,
  model text,
  model_calls integer not null default 0,
  input_tokens integer not null default 0,
  cached_tokens integer not null default 0,
  output_tokens integer not null default 0,
  cost_usd numeric(15, 9) not null default 0,
  latency_ms integer,
  evidence jsonb not null default '{}',
  error text,
  read_through_seq bigint,
  read_seqs bigint[] not null default '{}',
  language text,
  intent text,
  sentiment text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint cause_is_known check (cause in ('messages', 'follow_up', 'hand_back', 'promise', 'delivery_failed')),
  constraint status_is_known check (status in ('open', 'committed', 'superseded', 'failed')),
  constraint decision_is_known
    check (decision in ('auto_answer', 'clarify', 'canonical', 'escalate', 'queue', 'refuse')),
  constraint committed_turn_has_decided check (status <> 'committed' or decision is not null)
);
comment on table turns is 'One decision of the engine: the decision ledger.';
comment on column turns.read_through_seq is 'The newest inbound message that this turn read; what came later is still pending.';
comment on column turns.read_seqs is
  'The inbound messages that this turn answers. Their language, intent and sentiment are the turn''s: the messages themselves are written once.';
create index turns_by_session on turns (session_id, created_at desc);
create index turns_by_machine_version on turns (machine_version_id);

create table media (
  id uuid primary key default gen_random_uuid(),
  external_id text,
  path text,
  mime_type text not null,
  size bigint,
  sha256 text,
  file_name text,
  duration_ms integer,
  transcript text,
  description text,
  status text not null default 'remote',
  created_at timestamptz not null default now(),
  constraint status_is_known check (status in ('remote', 'stored', 'failed', 'erased'))
);
comment on table media is 'A file that was sent or received; status remote means the bytes are still with the provider.';

create table messages (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  session_id uuid not null references sessions (id) on delete cascade,
  config_id uuid not null,
  direction text not null,
  sender_type text not null,
  sender_id uuid,
  type text not null,
  content text,
  payload jsonb not null default '{}',
  media_id uuid references media (id) on delete set null,
  reply_to uuid references messages (id) on delete set null,
  status text not null,
  attempts integer not null default 0,
  send_after timestamptz,
  claimed_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  external_id text,
  external_timestamp timestamptz,
  turn_id uuid references turns (id) on delete set null,
  language text,
  intent text,
  error jsonb,
  rag_sources jsonb,
  created_at timestamptz not null default now(),
  constraint provider_id_is_one_row unique (config_id, external_id),
  constraint direction_is_known check (direction = any ('{inbound, outbound, internal}')),
  constraint sender_is_known check (sender_type = any ('{contact, bot, agent, system}')),
  constraint type_is_known check (type = any ('{
    text, image, audio, video, document, sticker, location, contact, interactive,
    reaction, order, template, note, system, unsupported}')),
  constraint status_is_known check (status = any ('{
    received, queued, sending, sent, delivered, read, played, failed, cancelled, unknown}')),
  constraint inbound_is_received check (direction <> 'inbound' or status = 'received'),
  constraint at_most_two_posts check (attempts between 0 and 2)
);
comment on table messages is 'One message, either way. seq is the order.';
create unique index messages_by_session on messages (session_id, seq);
create index messages_to_send on messages (session_id, seq)
  where direction = 'outbound' and status in ('queued', 'sending', 'unknown');
create index messages_by_turn on messages (turn_id) where turn_id is not null;
create index messages_by_media on messages (media_id) where media_id is not null;
create index messages_by_reply_to on messages (reply_to) where reply_to is not null;

create table pending_messages (
  message_id uuid primary key references messages (id) on delete cascade,
  session_id uuid not null,
  received_at timestamptz not null default now()
);
comment on table pending_messages is 'An inbound message that no turn has answered yet.';
comment on column pending_messages.session_id is
  'The message''s own conversation, which the key of the message holds to a row; a second key would be one more look-up for each message.';
create index pending_messages_by_session on pending_messages (session_id, received_at);

-- Everything here is read by key, whatever the statistics say, and each analysis has every connection plan anew for this
-- tenant: once in some thousand changes is often enough, where the default would be each minute of a busy day.
alter table sessions set (autovacuum_analyze_threshold = 2000, autovacuum_vacuum_threshold = 1000);
alter table messages set (autovacuum_analyze_threshold = 2000);
alter table pending_messages set (autovacuum_analyze_threshold = 2000, autovacuum_vacuum_threshold = 1000);

create table early_statuses (
  id uuid primary key default gen_random_uuid(),
  config_id uuid not null,
  external_id text not null,
  status text not null,
  body jsonb not null,
  received_at timestamptz not null default now(),
  constraint status_is_kept_once unique (config_id, external_id, status)
);
comment on table early_statuses is 'A status that came before its message was known; kept 24 h and applied when the id is stored.';
create index early_statuses_by_age on early_statuses (received_at);

create table escalations (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references sessions (id) on delete cascade,
  reason text not null,
  category text not null default 'other',
  urgency text not null default 'normal',
  status text not null default 'open',
  opened_by text not null default 'bot',
  claimed_by uuid,
  claimed_at timestamptz,
  resolved_at timestamptz,
  due_at timestamptz,
  summary text,
  created_at timestamptz not null default now(),
  constraint status_is_known check (status in ('open', 'claimed', 'resolved')),
  constraint urgency_is_known check (urgency in ('low', 'normal', 'high')),
  constraint claimed_means_somebody_at_some_time check ((claimed_by is null) = (claimed_at is null)),
  constraint resolved_at_some_time check ((status = 'resolved') = (resolved_at is not null))
);
comment on table escalations is 'A request for a person; one is unresolved per session at most.';
create unique index one_escalation_is_unresolved_per_session on escalations (session_id) where status <> 'resolved';
create index escalations_by_session on escalations (session_id);

create table events (
  id bigint generated always as identity primary key,
  session_id uuid references sessions (id) on delete cascade,
  contact_id uuid references contacts (id) on delete cascade,
  actor_type text not null,
  actor_id uuid,
  name text not null,
  body jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint actor_is_known check (actor_type in ('system', 'bot', 'contact', 'agent', 'operator')),
  constraint name_is_noun_verb check (name ~ '^[a-z]+(_[a-z]+)+$')
);
comment on table events is 'The audit timeline.';
create index events_by_session on events (session_id, id);
create index events_by_contact on events (contact_id) where contact_id is not null;

$ddl$);
