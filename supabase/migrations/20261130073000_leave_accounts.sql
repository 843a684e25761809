-- After the last number of an account was disconnected: the provider is told, then the token goes. Run as the tenant's worker.

create function engine.find_left_account(p_config_id uuid) returns jsonb
language plpgsql
as $$
begin
  return (
    select jsonb_build_object(
      'waba_id', c.settings ->> 'waba_id',
      'is_connected', private.is_account_connected(c.settings ->> 'waba_id'),
      'is_long_ago', (c.settings ->> 'disconnected_at')::timestamptz < now() - interval '1 day'
    )
    from public.client_configs c
    where c.id = p_config_id and c.settings ? 'disconnected_from' and c.schema_name || '_worker' = current_setting('role')
  );
end
$$;
comment on function engine.find_left_account is
  'The account of a number that was disconnected, whether another number of it is connected, and whether a day has passed; null if the number is connected again.';

-- `security definer` because workers only read secrets. The number is the calling worker's own.
create function private.forget_left_token(p_config_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from private.channel_secrets s
  using public.client_configs c
  where c.id = p_config_id and s.config_id = c.id and c.settings ? 'disconnected_from'
    and c.schema_name = left(current_setting('role'), -7);
end
$$;
comment on function private.forget_left_token is 'Deletes the secrets of a number that is disconnected.';

revoke execute on function engine.find_left_account, private.forget_left_token from public;
grant execute on function engine.find_left_account, private.forget_left_token to engine_worker;
grant execute on function private.is_account_connected to engine_worker;
