-- How the deployment is: for whoever watches it, without a word about any tenant; and where it hurts, for operations.

create function private.read_health() returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'overdue_ms', coalesce(extract(epoch from now() - work.oldest_due_at) * 1000, 0),
      'due', work.due,
      'stuck_work', work.stuck,
      'stuck_jobs', jobs.stuck,
      'channels', channels.enabled,
      'channels_disabled', channels.disabled,
      'channels_stopped', channels.stopped,
      'failed_webhooks_waiting', webhooks.waiting,
      'failed_webhooks_dead', webhooks.dead
    )
    from (
      select
        min(d.due_at) filter (where d.due_at <= now() and (d.lease_until is null or d.lease_until <= now())) as oldest_due_at,
        count(*) filter (where d.due_at <= now() and (d.lease_until is null or d.lease_until <= now())) as due,
        -- Three workers have died on it, or given it back.
        count(*) filter (where d.attempts >= 3) as stuck
      from private.due_work d
    ) work
    cross join (select count(*) as stuck from private.jobs j where j.status = 'dead') jobs
    cross join (
      select
        count(*) filter (where c.is_enabled) as enabled,
        count(*) filter (where not c.is_enabled) as disabled,
        count(*) filter (where c.stopped_until > now()) as stopped
      from public.client_configs c
    ) channels
    cross join (
      select
        count(*) filter (where w.status = 'waiting') as waiting,
        count(*) filter (where w.status = 'dead') as dead
      from private.failed_webhooks w where w.status in ('waiting', 'dead')
    ) webhooks
  );
end
$$;
comment on function private.read_health is
  'Age and amount of claimable work, work that keeps failing, dead jobs, channels by state, deliveries that wait for replay; nothing of any tenant.';

create function private.list_health_problems(p_limit integer) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(p)), '[]')
    from (
      select c.client_id as tenant_id, c.id as config_id,
        case when c.is_enabled then 'channel_stopped' else 'channel_disabled' end as problem, 1::bigint as amount
      from public.client_configs c where not c.is_enabled or c.stopped_until > now()
      union all
      select d.tenant_id, null, 'stuck_work', count(*)
      from private.due_work d where d.attempts >= 3 group by d.tenant_id
      union all
      select w.tenant_id, null, 'webhooks_' || w.status, count(*)
      from private.failed_webhooks w where w.status in ('waiting', 'dead') group by w.tenant_id, w.status
      order by problem, tenant_id
      limit p_limit
    ) p
  );
end
$$;
comment on function private.list_health_problems is 'Which tenants and channels are behind the counts of private.read_health.';

revoke execute on function private.read_health, private.list_health_problems from public;
grant execute on function private.read_health, private.list_health_problems to engine_router;
