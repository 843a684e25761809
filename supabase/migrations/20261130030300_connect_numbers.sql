-- Connecting a channel number after a provider has confirmed control of it, and letting go of it.

-- `security definer` because people connect numbers by this rule alone.
create function private.connect_number(
  p_tenant_id uuid, p_phone_number_id text, p_display_phone_number text, p_display_name text, p_waba_id text, p_app_id text,
  p_is_coexistence boolean
) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_settings jsonb := jsonb_build_object(
    'app_id', p_app_id, 'waba_id', p_waba_id, 'display_phone_number', p_display_phone_number,
    'is_coexistence', p_is_coexistence
  );
  v_id uuid;
begin
  perform private.require_administrator(p_tenant_id, 'connect a number');
  perform private.limit_writes(p_tenant_id);
  -- One that was disconnected goes on with its conversations.
  update public.client_configs c set channel_id = p_phone_number_id, settings = c.settings - '{disconnected_from, disconnected_at}'::text[]
  where c.client_id = p_tenant_id and c.channel_type = 'whatsapp'
    and c.settings ->> 'disconnected_from' = p_phone_number_id
    and not exists (
      select from public.client_configs o where o.channel_type = 'whatsapp' and o.channel_id = p_phone_number_id
    );
  insert into public.client_configs as c (client_id, schema_name, channel_type, channel_id, display_name, settings)
  select t.id, t.schema_name, 'whatsapp', p_phone_number_id, p_display_name, v_settings
  from public.tenants t where t.id = p_tenant_id
  on conflict (channel_type, channel_id) do update set
    is_enabled = true, display_name = excluded.display_name, settings = c.settings || excluded.settings
  where c.client_id = excluded.client_id
  returning c.id into v_id;
  if v_id is null then
    raise exception 'Cannot connect number "%": it is connected elsewhere already', p_phone_number_id
      using errcode = 'PT409', hint = 'Disconnect it there first.';
  end if;
  perform private.record_event(p_tenant_id, private.caller_id(), 'number_connected',
    jsonb_build_object('config_id', v_id, 'phone_number_id', p_phone_number_id));
  return v_id;
end
$$;
comment on function private.connect_number is
  'Routes a WhatsApp number to a tenant, or updates it; PT409 when another tenant has it. Callers have proven control of it.';

-- `security definer` for the same reason.
create function private.store_channel_token(
  p_tenant_id uuid, p_config_id uuid, p_key_id text, p_nonce bytea, p_ciphertext bytea, p_last_four text
) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_administrator(p_tenant_id, 'change a token');
  insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce, ciphertext, last_four)
  select c.id, c.client_id, c.schema_name, 'access_token', p_key_id, p_nonce, p_ciphertext, p_last_four
  from public.client_configs c where c.id = p_config_id and c.client_id = p_tenant_id
  on conflict (config_id, name) do update set
    key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext,
    last_four = excluded.last_four, updated_at = now();
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot change the token of number "%": there is none', p_config_id using errcode = 'PT404';
  end if;
  perform private.record_event(p_tenant_id, private.caller_id(), 'secret_changed',
    jsonb_build_object('name', 'access_token', 'config_id', p_config_id, 'last_four', p_last_four));
end
$$;
comment on function private.store_channel_token is 'Keeps the sealed access token of a number. For the function that seals.';

create function private.is_account_connected(p_waba_id text) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
-- `security definer` since an account may have numbers of several tenants. An account that nobody named is nobody's.
begin
  return p_waba_id is null or exists (
    select from public.client_configs c
    where c.channel_type = 'whatsapp' and c.settings ->> 'waba_id' = p_waba_id and not c.settings ? 'disconnected_from'
  );
end
$$;
comment on function private.is_account_connected is 'Whether any number of an account, of whichever tenant, is connected.';

-- `security definer` for the same reason as connecting.
create function private.disconnect_number(p_tenant_id uuid, p_config_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_config record;
begin
  perform private.require_administrator(p_tenant_id, 'disconnect a number');
  select c.channel_id, c.settings into v_config from public.client_configs c
  where c.id = p_config_id and c.client_id = p_tenant_id and c.channel_type = 'whatsapp' for update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot disconnect number "%": there is none', p_config_id using errcode = 'PT404';
  end if;
  if v_config.settings ? 'disconnected_from' then
    return false;
  end if;
  -- The number is free for whoever proves control of it; the row stays, since conversations belong to it.
  update public.client_configs set
    is_enabled = false, channel_id = 'disconnected:' || p_config_id,
    settings = settings || jsonb_build_object('disconnected_from', v_config.channel_id, 'disconnected_at', now())
  where id = p_config_id;
  if private.is_account_connected(v_config.settings ->> 'waba_id') then
    delete from private.channel_secrets where config_id = p_config_id;
  else
    -- The provider is told with the token that nothing is to be sent here any more; the job deletes it.
    insert into private.jobs (tenant_id, name, payload, dedupe_key, max_attempts)
    values (p_tenant_id, 'leave_account', jsonb_build_object('configId', p_config_id),
      format('leave_account:%s:%s', p_config_id, extract(epoch from now())), 200);
  end if;
  perform private.record_event(p_tenant_id, private.caller_id(), 'number_disconnected',
    jsonb_build_object('config_id', p_config_id, 'phone_number_id', v_config.channel_id));
  return true;
end
$$;
comment on function private.disconnect_number is 'Frees a number and deletes its secrets, after the provider was told if it was the last of its account; false if that was done before.';

create type api.channel as (
  config_id uuid, channel_type text, display_name text, phone_number_id text, display_phone_number text,
  is_connected boolean, is_enabled boolean, created_at timestamptz
);

create function api.list_channels(p_tenant_id uuid) returns setof api.channel
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select c.id, c.channel_type, c.display_name, coalesce(c.settings ->> 'disconnected_from', c.channel_id),
      c.settings ->> 'display_phone_number', not c.settings ? 'disconnected_from', c.is_enabled, c.created_at
    from public.client_configs c where c.client_id = p_tenant_id
    order by c.created_at, c.id;
end
$$;
comment on function api.list_channels is 'The numbers of a tenant, connected or not, oldest first.';

create function api.disconnect_number(p_tenant_id uuid, p_config_id uuid) returns boolean
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  return private.disconnect_number(p_tenant_id, p_config_id);
end
$$;
comment on function api.disconnect_number is
  'Lets go of a number: nothing is received or sent by it any more, its token is deleted, its conversations stay. False if done before.';

revoke execute on function
  private.connect_number, private.store_channel_token, private.disconnect_number, private.is_account_connected, api.list_channels,
  api.disconnect_number
  from public;
grant execute on function
  private.connect_number, private.store_channel_token, private.disconnect_number, api.list_channels,
  api.disconnect_number
  to authenticated;
