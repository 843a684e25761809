-- A tenant's own keys of providers, sealed like the secrets of channels. People write them and never read them back.

create table private.tenant_secrets (
  tenant_id uuid not null,
  schema_name text not null,
  name text not null,
  key_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  last_four text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name),
  constraint secret_names_the_schema_of_its_tenant foreign key (tenant_id, schema_name)
    references public.tenants (id, schema_name) on delete cascade,
  constraint name_is_known check (
    name in ('openai_api_key', 'anthropic_api_key', 'gemini_api_key') or name ~ '^tool/[a-z][a-z0-9_]{0,63}/[a-z][a-z0-9-]{0,63}$'
  ),
  constraint value_is_sealed check (octet_length(nonce) = 12 and octet_length(ciphertext) > 16),
  constraint last_four_are_four check (last_four is null or length(last_four) = 4)
);
comment on table private.tenant_secrets is 'Keys of model providers that a tenant pays for itself, used before the deployment''s, and secret headers of its tools.';
comment on column private.tenant_secrets.ciphertext is 'Sealed for the context tenant_secrets/<tenant_id>/<name>.';
comment on column private.tenant_secrets.last_four is 'Lets an owner recognise a key without showing it; absent for a short one.';
alter table private.tenant_secrets enable row level security;

grant select on private.tenant_secrets to engine_worker;
create policy "Workers read the secrets of their own tenant" on private.tenant_secrets
  for select to engine_worker using (schema_name || '_worker' = current_user);

create function private.require_administrator(p_tenant_id uuid, p_act text) returns void
language plpgsql set search_path = ''
as $$
begin
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot % of tenant "%": only an owner or admin may', p_act, p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
end
$$;
comment on function private.require_administrator is 'Refuses who is neither owner nor admin of a tenant.';

-- `security definer` because people write secrets by this rule alone, and read none.
create function private.store_tenant_secret(
  p_tenant_id uuid, p_name text, p_key_id text, p_nonce bytea, p_ciphertext bytea, p_last_four text
) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_administrator(p_tenant_id, 'change a secret');
  perform private.limit_writes(p_tenant_id);
  insert into private.tenant_secrets (tenant_id, schema_name, name, key_id, nonce, ciphertext, last_four)
  select t.id, t.schema_name, p_name, p_key_id, p_nonce, p_ciphertext, p_last_four
  from public.tenants t where t.id = p_tenant_id
  on conflict (tenant_id, name) do update set
    key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext,
    last_four = excluded.last_four, updated_at = now();
  perform private.record_event(p_tenant_id, private.caller_id(), 'secret_changed',
    jsonb_build_object('name', p_name, 'last_four', p_last_four));
  return now();
end
$$;
comment on function private.store_tenant_secret is 'Keeps a sealed secret of a tenant, in place of an older one. For the function that seals.';

-- `security definer` for the same reason.
create function private.forget_tenant_secret(p_tenant_id uuid, p_name text) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_administrator(p_tenant_id, 'remove a secret');
  delete from private.tenant_secrets s where s.tenant_id = p_tenant_id and s.name = p_name;
  if not found then
    return false;
  end if;
  perform private.record_event(p_tenant_id, private.caller_id(), 'secret_removed', jsonb_build_object('name', p_name));
  return true;
end
$$;
comment on function private.forget_tenant_secret is 'Deletes a secret of a tenant; false if there was none.';

create type api.secret as (name text, config_id uuid, last_four text, updated_at timestamptz);

-- `security definer` because people see that a secret is there, and nothing of it but its last characters.
create function private.secrets_of_tenant(p_tenant_id uuid) returns setof api.secret
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_administrator(p_tenant_id, 'list secrets');
  return query
    select s.name, s.config_id, s.last_four, s.updated_at
    from private.channel_secrets s join public.client_configs c on c.id = s.config_id
    where s.tenant_id = p_tenant_id and not c.settings ? 'disconnected_from'
    union all
    select s.name, null, s.last_four, s.updated_at from private.tenant_secrets s where s.tenant_id = p_tenant_id
    order by 1, 2;
end
$$;
comment on function private.secrets_of_tenant is 'Which secrets a tenant has stored, since when, and their last four characters.';

create function api.list_secrets(p_tenant_id uuid) returns setof api.secret
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.secrets_of_tenant(p_tenant_id);
end
$$;
comment on function api.list_secrets is
  'The stored secrets of a tenant for its owners and admins: names, last four characters, when they were set. Never a value.';

create function api.remove_secret(p_tenant_id uuid, p_name text) returns boolean
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  return private.forget_tenant_secret(p_tenant_id, p_name);
end
$$;
comment on function api.remove_secret is 'Deletes a model key of a tenant, whose place the deployment''s takes, or a secret of a tool. False if there was none.';

revoke execute on function
  private.require_administrator, private.store_tenant_secret, private.forget_tenant_secret, private.secrets_of_tenant,
  api.list_secrets, api.remove_secret
  from public;
grant execute on function
  private.store_tenant_secret, private.forget_tenant_secret, private.secrets_of_tenant,
  api.list_secrets, api.remove_secret
  to authenticated;
