-- What keeps a tenant from answering: how an owner is told.

create type api.problem as (name text, config_id uuid, count bigint, last_at timestamptz, details jsonb);

-- `security definer` because no person reads secrets or failed deliveries; it answers owners and admins, and only that
-- something is missing or how much waits.
create function private.problems_of_tenant(p_tenant_id uuid) returns setof api.problem
language plpgsql stable security definer set search_path = ''
as $$
begin
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot list problems of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  return query
    select 'tenant_suspended', null::uuid, 1::bigint, null::timestamptz, '{}'::jsonb
    from public.tenants t where t.id = p_tenant_id and t.status = 'suspended'
    union all
    select 'channel_disabled', c.id, 1, null, jsonb_build_object('display_name', c.display_name)
    from public.client_configs c where c.client_id = p_tenant_id and not c.is_enabled
    union all
    select 'channel_stopped', c.id, 1, (c.stop_reason ->> 'since')::timestamptz,
      c.stop_reason || jsonb_build_object('display_name', c.display_name)
    from public.client_configs c where c.client_id = p_tenant_id and c.stopped_until > now()
    union all
    select 'credential_missing', c.id, 1, null, jsonb_build_object('display_name', c.display_name)
    from public.client_configs c
    where c.client_id = p_tenant_id and c.channel_type = 'whatsapp'
      and not exists (select from private.channel_secrets s where s.config_id = c.id and s.name = 'access_token')
    union all
    select 'webhooks_' || w.status, null, count(*), max(w.received_at), '{}'
    from private.failed_webhooks w
    where w.tenant_id = p_tenant_id and w.status in ('waiting', 'dead')
    group by w.status;
end
$$;
comment on function private.problems_of_tenant is 'What is wrong with a tenant outside its own schema.';

create function private.problems_of_account() returns setof api.problem
language plpgsql stable
as $$
-- Runs in its caller's tenant path.
begin
  return query
    select 'template_' || t.status, null::uuid, count(*), max(t.updated_at),
      jsonb_build_object('templates', jsonb_agg(
        jsonb_build_object('name', t.name, 'language', t.language, 'reason', t.reason) order by t.name, t.language
      ))
    from message_templates t where t.status in ('rejected', 'paused', 'disabled')
    group by t.status
    union all
    -- The newest word about an account counts: what was lifted is no problem any more.
    select 'account_restricted', n.config_id, 1::bigint, n.occurred_at, n.body - 'body'
    from (
      select distinct on (e.config_id) e.config_id, e.occurred_at, e.body
      from channel_events e
      where e.kind = 'account' and e.body ->> 'about' = 'account'
      order by e.config_id, e.occurred_at desc, e.id desc
    ) n
    where n.body ->> 'event' in ('ACCOUNT_VIOLATION', 'ACCOUNT_RESTRICTION', 'DISABLED_UPDATE', 'ACCOUNT_DELETED',
        'PARTNER_REMOVED', 'ACCOUNT_OFFBOARDED')
      and n.body ->> 'banState' is distinct from 'REINSTATE'
    union all
    select 'provider_error', e.config_id, count(*), max(e.occurred_at), (array_agg(e.body order by e.id desc))[1]
    from channel_events e
    where e.kind = 'provider_error' and e.occurred_at > now() - interval '24 hours'
    group by e.config_id;
end
$$;
comment on function private.problems_of_account is
  'What the provider holds against a tenant: templates that cannot be used, restrictions of the account, its own errors of 24 hours.';

create function api.list_channel_problems(p_tenant_id uuid) returns setof api.problem
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select * from private.problems_of_tenant(p_tenant_id)
    union all
    select 'machine_missing', null::uuid, 1::bigint, null::timestamptz, '{}'::jsonb
    where not exists (
      select from state_machines m join state_machine_versions v on v.state_machine_id = m.id
      where m.is_active and v.published_at is not null
    )
    union all
    -- What the engine reported about the tenant as a whole rather than about a conversation.
    select e.name, (e.body ->> 'config_id')::uuid, count(*), max(e.created_at),
      (array_agg(e.body order by e.id desc))[1]
    from events e
    where e.session_id is null and e.contact_id is null and e.actor_type = 'system'
      and e.created_at > now() - interval '7 days'
    group by e.name, e.body ->> 'config_id'
    union all
    select * from private.problems_of_account();
end
$$;
comment on function api.list_channel_problems is
  'What keeps a tenant from answering, for its owners and admins: suspension, a number that the provider refuses, a missing machine or credential, deliveries that wait, what the engine reported in 7 days, and what the provider holds against the account.';

revoke execute on function private.problems_of_tenant, private.problems_of_account, api.list_channel_problems from public;
grant execute on function private.problems_of_tenant, private.problems_of_account, api.list_channel_problems to authenticated;
