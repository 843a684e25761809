-- Background work, claimed like due work: fair between tenants, leased, tried again after growing pauses, dead at last.
-- The two claims are not one function: jobs are few and may belong to no tenant, so they are ranked together; due work is
-- thousands of rows that change each second, so private.claim_due_work probes one index per tenant and reads nothing else.

create index jobs_ready_by_tenant on private.jobs (tenant_id, due_at) where status = 'ready';

grant insert on private.jobs to engine_router;
create policy "The router plans the deployment's own jobs" on private.jobs
  for insert to engine_router with check (tenant_id is null);

create function private.plan_job(p_name text, p_payload jsonb, p_dedupe_key text, p_due_at timestamptz default now())
returns void
language plpgsql set search_path = ''
as $$
begin
  insert into private.jobs (name, payload, dedupe_key, due_at) values (p_name, p_payload, p_dedupe_key, p_due_at)
  on conflict (dedupe_key) do nothing;
end
$$;
comment on function private.plan_job is 'Plans a job of the deployment itself; the same dedupe key plans one. Run as engine_router.';

create function private.claim_jobs(p_limit integer, p_lease_seconds numeric) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_now timestamptz := now();
  v_token uuid := gen_random_uuid();
  v_share integer;
  v_jobs jsonb;
begin
  -- Jobs of no tenant count as one tenant's.
  select ceil(p_limit::numeric / greatest(count(distinct coalesce(j.tenant_id::text, '')), 1)) into v_share
  from private.jobs j
  where j.status = 'ready' and j.due_at <= v_now and (j.lease_until is null or j.lease_until <= v_now);

  with ranked as (
    select j.id, row_number() over (partition by j.tenant_id order by j.due_at) as place
    from private.jobs j
    where j.status = 'ready' and j.due_at <= v_now and (j.lease_until is null or j.lease_until <= v_now)
  ), picked as materialized (
    select j.id from private.jobs j
    where j.id in (select r.id from ranked r where r.place <= v_share order by r.place limit p_limit)
      and j.status = 'ready' and (j.lease_until is null or j.lease_until <= v_now)
    for update skip locked
  ), claimed as (
    update private.jobs j
    set lease_token = v_token, lease_until = v_now + make_interval(secs => p_lease_seconds),
      attempts = j.attempts + (j.lease_token is not null)::integer
    from picked p where j.id = p.id
    returning j.id, j.tenant_id, j.name, j.payload, j.attempts, j.due_at
  )
  select jsonb_agg(jsonb_build_object(
    'id', c.id, 'tenant_id', c.tenant_id, 'schema_name', t.schema_name, 'name', c.name, 'payload', c.payload,
    'attempts', c.attempts, 'lease_token', v_token
  ) order by c.due_at) into v_jobs
  from claimed c left join public.tenants t on t.id = c.tenant_id;
  return coalesce(v_jobs, '[]');
end
$$;
comment on function private.claim_jobs is
  'Leases up to p_limit ready jobs, of no tenant more than its share of the claim. Run as engine_router.';

create function private.renew_jobs(p_leases jsonb, p_lease_seconds numeric) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_renewed jsonb;
begin
  with renewed as (
    update private.jobs j set lease_until = now() + make_interval(secs => p_lease_seconds)
    from jsonb_to_recordset(p_leases) as l (id uuid, lease_token uuid)
    where j.id = l.id and j.lease_token = l.lease_token
    returning j.id
  )
  select jsonb_agg(r.id) into v_renewed from renewed r;
  return coalesce(v_renewed, '[]');
end
$$;
comment on function private.renew_jobs is 'Prolongs the leases that are still the caller''s own and returns their jobs. Run as engine_router.';

create function private.settle_job(p_id uuid, p_lease_token uuid, p_error text, p_backoff_seconds numeric) returns text
language plpgsql set search_path = ''
as $$
declare
  v_status text;
begin
  -- The pauses are 1, 2, 4 … times the first one, at most an hour.
  update private.jobs j
  set status = case when p_error is null then 'done' when j.attempts + 1 >= j.max_attempts then 'dead' else 'ready' end,
    finished_at = case when p_error is null or j.attempts + 1 >= j.max_attempts then now() end,
    attempts = j.attempts + (p_error is not null)::integer,
    last_error = p_error,
    due_at = case
      when p_error is null then j.due_at
      else now() + least(make_interval(secs => p_backoff_seconds * power(2, least(j.attempts, 12))), interval '1 hour')
    end,
    lease_token = null, lease_until = null
  where j.id = p_id and j.lease_token = p_lease_token
  returning j.status into v_status;
  return v_status;
end
$$;
comment on function private.settle_job is
  'Ends a job, or plans its next try; after max_attempts it is dead. Returns its status, or null for who lost the lease. Run as engine_router.';

-- `security definer` because nobody else deletes jobs, and this deletes old ones only.
create function private.forget_finished_jobs(p_days integer) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_amount integer;
begin
  delete from private.jobs j
  where j.id in (
    select f.id from private.jobs f
    where f.status <> 'ready' and f.finished_at < now() - make_interval(days => greatest(p_days, 1))
    limit 10000
  );
  get diagnostics v_amount = row_count;
  return v_amount;
end
$$;
comment on function private.forget_finished_jobs is 'Deletes up to 10,000 jobs that ended more than p_days ago. Run as engine_router.';

revoke execute on function
  private.plan_job, private.claim_jobs, private.renew_jobs, private.settle_job, private.forget_finished_jobs from public;
grant execute on function
  private.plan_job, private.claim_jobs, private.renew_jobs, private.settle_job, private.forget_finished_jobs
  to engine_router;
