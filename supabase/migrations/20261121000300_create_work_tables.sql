-- What the engine has to do next, and what went wrong on the way. All of it is in `private`: no person reads it.

create table private.due_work (
  tenant_id uuid not null,
  schema_name text not null,
  session_id uuid not null,
  work text not null,
  cause text not null default 'messages',
  due_at timestamptz not null,
  first_due_at timestamptz,
  lease_token uuid,
  lease_until timestamptz,
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  primary key (tenant_id, session_id, work),
  constraint work_names_the_schema_of_its_tenant foreign key (tenant_id, schema_name)
    references public.tenants (id, schema_name) on delete cascade,
  constraint work_is_known check (work = any ('{turn, delivery}')),
  constraint cause_is_known check (cause = any ('{messages, follow_up, hand_back, promise, delivery_failed}')),
  constraint lease_has_token_and_end check ((lease_token is null) = (lease_until is null)),
  constraint attempts_are_counted check (attempts >= 0)
);
comment on table private.due_work is
  'A session that needs a turn, or whose queued messages need sending. The lease says who may claim; the fence in the session decides.';
alter table private.due_work enable row level security;
comment on column private.due_work.cause is
  'Why a turn is due; messages, unless something else made it due, and then it is due without a pending message too.';
comment on column private.due_work.first_due_at is
  'When the oldest unanswered message of the burst arrived; caps the debounce. Cleared when nothing is pending.';

create index due_work_by_due_at on private.due_work (due_at);

create table private.jobs (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid references public.tenants (id) on delete cascade,
  name text not null,
  payload jsonb not null default '{}',
  dedupe_key text unique,
  status text not null default 'ready',
  due_at timestamptz not null default now(),
  lease_token uuid,
  lease_until timestamptz,
  attempts integer not null default 0,
  max_attempts integer not null default 8,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint status_is_known check (status in ('ready', 'done', 'dead')),
  constraint finished_when_not_ready check ((finished_at is null) = (status = 'ready')),
  constraint lease_has_token_and_end check ((lease_token is null) = (lease_until is null)),
  constraint attempts_are_counted check (attempts >= 0 and max_attempts > 0)
);
comment on table private.jobs is 'Background work with a lease, backoff and a dead state; claimed like due_work.';
alter table private.jobs enable row level security;

create index jobs_ready_by_due_at on private.jobs (due_at) where status = 'ready';
create index jobs_by_tenant on private.jobs (tenant_id);

create table private.failed_webhooks (
  id uuid primary key default gen_random_uuid(),
  channel_type text not null,
  channel_id text,
  tenant_id uuid references public.tenants (id) on delete cascade,
  app_id text,
  body jsonb not null,
  body_hash text not null,
  reason text not null,
  status text not null default 'waiting',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  received_at timestamptz not null default now(),
  replayed_at timestamptz,
  constraint status_is_known check (status in ('waiting', 'replayed', 'dead')),
  constraint same_body_is_kept_once unique (channel_type, body_hash)
);
comment on table private.failed_webhooks is
  'A part of a signed delivery that could not be stored for its tenant, or that no tenant owns; replayed with backoff.';
alter table private.failed_webhooks enable row level security;

create index failed_webhooks_waiting on private.failed_webhooks (next_attempt_at) where status = 'waiting';
create index failed_webhooks_by_tenant on private.failed_webhooks (tenant_id);
