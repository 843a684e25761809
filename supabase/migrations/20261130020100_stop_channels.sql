-- A number that the provider refuses altogether sends nothing until a person acts: a new token, or switching it on again.

alter table public.client_configs
  add column stopped_until timestamptz,
  add column stop_reason jsonb,
  add constraint stop_has_a_reason check ((stopped_until is null) = (stop_reason is null));
comment on column public.client_configs.stopped_until is
  'Nothing is sent before this; infinity where only a person can end it. Set by the engine when the provider refuses the number itself.';
comment on column public.client_configs.stop_reason is 'Why: the provider''s code, our title for it, and since when.';

-- `security definer` because workers may not write the registry; it writes only what belongs to the worker that calls.
create function private.stop_channel(p_config_id uuid, p_reason jsonb, p_hold interval) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
  update public.client_configs c
  set stopped_until = coalesce(now() + p_hold, 'infinity'),
    stop_reason = p_reason || jsonb_build_object('since', now())
  where c.id = p_config_id and c.schema_name = left(current_setting('role'), -7)
    and (c.stopped_until > now()) is not true;
  return found;
end
$$;
comment on function private.stop_channel is
  'Stops sending from a number of the calling worker''s tenant, for a time or until a person acts. False if it was stopped already.';

create function private.end_stop() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.stopped_until := null;
  new.stop_reason := null;
  return new;
end
$$;
create trigger switching_on_ends_a_stop before update of is_enabled on public.client_configs
  for each row when (new.is_enabled and new.stopped_until is not null)
  execute function private.end_stop();

-- `security definer` because whoever stores a token may not write the registry.
create function private.end_stop_of_number() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.client_configs c set stopped_until = null, stop_reason = null
  where c.id = new.config_id and c.stopped_until is not null;
  return null;
end
$$;
create trigger new_token_ends_a_stop after insert or update of ciphertext on private.channel_secrets
  for each row when (new.name = 'access_token') execute function private.end_stop_of_number();

-- `security definer` because no person writes due work.
create function private.send_what_waits() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update private.due_work d set due_at = now()
  where d.tenant_id = new.client_id and d.work = 'delivery' and d.due_at > now() and d.lease_until is null;
  return null;
end
$$;
create trigger ended_stop_sends_what_waits after update on public.client_configs
  for each row when (old.stopped_until is not null and new.stopped_until is null)
  execute function private.send_what_waits();

-- `security definer` because people change only what they are granted of their numbers, and a stop is the engine's.
create function private.end_stop_of_tenant(p_tenant_id uuid, p_config_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot resume channel "%": only an owner or admin may', p_config_id
      using errcode = 'insufficient_privilege';
  end if;
  update public.client_configs c set stopped_until = null, stop_reason = null
  where c.id = p_config_id and c.client_id = p_tenant_id;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find channel "%"', p_config_id using errcode = 'PT404';
  end if;
end
$$;
comment on function private.end_stop_of_tenant is 'What api.resume_channel does, for an owner or admin.';

create function api.resume_channel(p_tenant_id uuid, p_config_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.end_stop_of_tenant(p_tenant_id, p_config_id);
end
$$;
comment on function api.resume_channel is
  'Sends from a number again that the provider had refused, once an owner or admin has mended why; what waits goes out at once. Twice changes nothing. PT404 if the tenant has no such number.';

revoke execute on function
  private.stop_channel, private.end_stop, private.end_stop_of_number, private.send_what_waits,
  private.end_stop_of_tenant, api.resume_channel
  from public;
grant execute on function private.stop_channel to engine_worker;
grant execute on function private.end_stop_of_tenant, api.resume_channel to authenticated;
