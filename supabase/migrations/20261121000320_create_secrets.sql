-- Secrets of providers, sealed with AES-256-GCM outside the database. The key never comes here: key_id says which one of
-- the ring it was, and the row's identity is authenticated with the text, so that a sealed value moved to another row
-- does not open.

create table private.meta_apps (
  app_id text primary key,
  name text not null,
  secret_key_id text not null,
  secret_nonce bytea not null,
  secret_ciphertext bytea not null,
  verify_token_key_id text not null,
  verify_token_nonce bytea not null,
  verify_token_ciphertext bytea not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint app_id_is_digits check (app_id ~ '^[0-9]{1,32}$'),
  constraint secret_is_sealed check (octet_length(secret_nonce) = 12 and octet_length(secret_ciphertext) > 16),
  constraint verify_token_is_sealed
    check (octet_length(verify_token_nonce) = 12 and octet_length(verify_token_ciphertext) > 16)
);
comment on table private.meta_apps is
  'A Meta app: its secret signs webhooks, its verify token answers Meta''s challenge. Several tenants may share one.';
comment on column private.meta_apps.secret_ciphertext is 'Sealed for the context meta_apps/<app_id>/secret; 16 bytes of tag at the end.';
comment on column private.meta_apps.verify_token_ciphertext is 'Sealed for the context meta_apps/<app_id>/verify_token.';
alter table private.meta_apps enable row level security;

grant select on private.meta_apps to engine_router;
create policy "The router verifies signatures" on private.meta_apps
  for select to engine_router using (true);

create table private.channel_secrets (
  config_id uuid not null,
  tenant_id uuid not null,
  schema_name text not null,
  name text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  last_four text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (config_id, name),
  constraint secret_belongs_to_the_tenant_of_its_config foreign key (config_id, tenant_id, schema_name)
    references public.client_configs (id, client_id, schema_name) on delete cascade,
  constraint name_is_a_plain_word check (name ~ '^[a-z][a-z_]{0,40}$'),
  constraint value_is_sealed check (octet_length(nonce) = 12 and octet_length(ciphertext) > 16),
  constraint only_tokens_show_their_last_four
    check (last_four is null or (name like '%\_token' and length(last_four) = 4))
);
comment on table private.channel_secrets is 'What a tenant''s channel number needs to send, as access_token; sealed.';
comment on column private.channel_secrets.ciphertext is 'Sealed for the context channel_secrets/<config_id>/<name>.';
comment on column private.channel_secrets.last_four is 'Lets an owner recognise a token without showing it; never for a password or key.';
alter table private.channel_secrets enable row level security;

grant select on private.channel_secrets to engine_worker;
create policy "Workers read the secrets of their own tenant" on private.channel_secrets
  for select to engine_worker using (schema_name || '_worker' = current_user);
