-- Who the tenants are, which channel numbers they own, and which people act for them.

create table public.tenants (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  name text not null,
  schema_name text not null unique generated always as ('client_' || slug) stored,
  status text not null default 'active',
  locale text not null default 'es',
  time_zone text not null default 'UTC',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint slug_is_a_plain_word check (slug ~ '^[a-z][a-z0-9_]{0,40}$'),
  constraint slug_is_not_reserved check (
    slug not in ('public', 'private', 'api', 'engine', 'template', 'worker', 'router', 'auth', 'storage', 'realtime')
    and slug !~ '_worker$'
  ),
  constraint schema_belongs_to_one_tenant unique (id, schema_name),
  constraint name_is_not_empty check (length(btrim(name)) between 1 and 200),
  constraint status_is_known check (status in ('provisioning', 'active', 'suspended', 'dropping')),
  constraint settings_are_an_object check (jsonb_typeof(settings) = 'object')
);
comment on table public.tenants is 'A business that uses the product; its rows live in the schema client_<slug>.';
comment on constraint slug_is_not_reserved on public.tenants is
  'A slug that ends in _worker would make a schema with the name of another tenant''s role.';
comment on constraint schema_belongs_to_one_tenant on public.tenants is
  'Referenced by every table that carries both columns, so that a row cannot name one tenant and the schema of another.';
alter table public.tenants enable row level security;

create table public.client_configs (
  id uuid primary key default gen_random_uuid(),
  client_id uuid not null,
  schema_name text not null,
  channel_type text not null,
  channel_id text not null,
  display_name text not null,
  is_enabled boolean not null default true,
  debounce_ms integer not null default 4000,
  debounce_max_ms integer not null default 20000,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint channel_belongs_to_one_tenant unique (channel_type, channel_id),
  constraint config_names_the_schema_of_its_tenant foreign key (client_id, schema_name)
    references public.tenants (id, schema_name) on delete cascade,
  constraint config_belongs_to_one_tenant unique (id, client_id, schema_name),
  constraint channel_id_is_not_empty check (length(btrim(channel_id)) between 1 and 200),
  constraint channel_type_is_known
    check (channel_type in ('whatsapp', 'messenger', 'instagram', 'telegram', 'evolution', 'web', 'api')),
  constraint debounce_is_between_zero_and_its_cap
    check (debounce_ms >= 0 and debounce_max_ms >= debounce_ms and debounce_max_ms <= 120000),
  constraint settings_are_an_object check (jsonb_typeof(settings) = 'object')
);
comment on table public.client_configs is 'A channel number or page and the tenant that owns it; routing reads only this.';
alter table public.client_configs enable row level security;
comment on column public.client_configs.client_id is 'The tenant.';
comment on column public.client_configs.debounce_ms is
  'Milliseconds of silence after which a turn is due; never more than debounce_max_ms after the first unanswered message.';
comment on column public.client_configs.channel_id is 'The provider''s id of our side; for WhatsApp the phone_number_id.';
comment on column public.client_configs.settings is 'For WhatsApp: app_id (the Meta app that signs), waba_id (what is told about an account finds its numbers by it), display_phone_number. echo_hold_minutes: how long the bot is silent after the owner answered from the phone app; default: the tenant''s, else 60.';

create index client_configs_by_client on public.client_configs (client_id);

create table public.tenant_members (
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null,
  display_name text not null,
  phone text,
  availability text not null default 'automatic',
  last_used_at timestamptz,
  notify jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  constraint role_is_known check (role in ('owner', 'admin', 'agent')),
  constraint display_name_is_not_empty check (length(btrim(display_name)) between 1 and 200),
  constraint availability_is_known check (availability in ('automatic', 'away', 'offline'))
);
comment on table public.tenant_members is 'Who may act for a tenant, and as what. Read at every request; never taken from a token.';
comment on column public.tenant_members.availability is
  'What the member chose: automatic, as the use of the app shows; or away or offline at most. What it comes to, private.availability_now says.';
comment on column public.tenant_members.last_used_at is 'When the member last used the app for this tenant; null for never.';
alter table public.tenant_members enable row level security;

create index tenant_members_by_user on public.tenant_members (user_id);

create table public.tenant_invitations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references public.tenants (id) on delete cascade,
  email text not null,
  role text not null,
  token_hash text not null unique,
  invited_by uuid references auth.users (id) on delete set null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references auth.users (id) on delete set null,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint role_is_known check (role in ('owner', 'admin', 'agent')),
  constraint email_looks_like_one check (email ~ '^[^@\s]+@[^@\s]+$' and email = lower(email) and length(email) <= 320),
  constraint invitation_ends_once check (accepted_at is null or revoked_at is null)
);
comment on table public.tenant_invitations is 'An offer to join a tenant; the token is stored only as its hash.';
comment on column public.tenant_invitations.token_hash is 'SHA-256 of the token in hexadecimal; who reads the table cannot accept.';
alter table public.tenant_invitations enable row level security;

create index tenant_invitations_by_tenant on public.tenant_invitations (tenant_id);
create index tenant_invitations_by_inviter on public.tenant_invitations (invited_by);
create index tenant_invitations_by_accepter on public.tenant_invitations (accepted_by);
create unique index one_invitation_is_open_per_person on public.tenant_invitations (tenant_id, email)
  where accepted_at is null and revoked_at is null;
