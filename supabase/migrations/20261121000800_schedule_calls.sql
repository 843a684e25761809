-- The sweep: what wakes the functions when nobody did. Hosted it is pg_cron and pg_net, whose secrets are in the vault
-- (project_url, automations_key); a database without them is woken by the timer of the platform it belongs to.

create function private.has_due_work() returns boolean
language sql stable set search_path = ''
as $$
  select exists (
    select from private.due_work d
    where d.due_at <= now() and (d.lease_until is null or d.lease_until <= now())
  )
$$;
comment on function private.has_due_work is 'Whether a session waits for a turn or a delivery that no worker has claimed.';

create function private.has_due_jobs() returns boolean
language sql stable set search_path = ''
as $$
  select exists (
    select from private.jobs j
    where j.status = 'ready' and j.due_at <= now() and (j.lease_until is null or j.lease_until <= now())
  )
$$;
comment on function private.has_due_jobs is 'Whether background work waits that no runner has claimed.';

create function private.call_function(p_name text) returns bigint
language plpgsql set search_path = ''
as $$
declare
  v_project_url text;
  v_key text;
begin
  select s.decrypted_secret into v_project_url from vault.decrypted_secrets s where s.name = 'project_url';
  select s.decrypted_secret into v_key from vault.decrypted_secrets s where s.name = 'automations_key';
  if v_project_url is null or v_key is null then
    raise exception 'Cannot call function "%": the vault lacks project_url or automations_key', p_name
      using errcode = 'no_data_found';
  end if;
  return net.http_post(
    url => v_project_url || '/functions/v1/' || p_name,
    body => '{}'::jsonb,
    headers => jsonb_build_object('content-type', 'application/json', 'apikey', v_key),
    timeout_milliseconds => 5000
  );
end
$$;
comment on function private.call_function is
  'Posts to an edge function with the automations key after commit; returns pg_net''s id of the request. The answer is not awaited.';

create function private.schedule_calls() returns void
language plpgsql set search_path = ''
as $$
begin
  perform cron.schedule(
    'process-pending', '5 seconds', $cron$select private.call_function('process-pending') where private.has_due_work()$cron$
  );
  perform cron.schedule(
    'run-jobs', '5 seconds', $cron$select private.call_function('run-jobs') where private.has_due_jobs()$cron$
  );
  perform cron.schedule('plan-jobs', '30 seconds', $cron$select private.call_function('run-jobs')$cron$);
  perform cron.schedule(
    'forget-runs', '17 3 * * *', $cron$delete from cron.job_run_details where end_time < now() - interval '1 day'$cron$
  );
end
$$;
comment on function private.schedule_calls is
  'Has pg_cron call process-pending and run-jobs every 5 s when something is due, run-jobs every 30 s to plan what recurs, and prune its own log. Twice changes nothing.';

create function private.ensure_schedule() returns boolean
language plpgsql set search_path = ''
as $$
begin
  if (
    select count(*) < 3 from pg_catalog.pg_available_extensions where name in ('pg_cron', 'pg_net', 'supabase_vault')
  ) then
    return false;
  end if;
  create extension if not exists pg_cron;
  create extension if not exists pg_net;
  perform private.schedule_calls();
  return true;
end
$$;
comment on function private.ensure_schedule is
  'Schedules the calls where pg_cron, pg_net and the vault can be had, as on Supabase; says whether they are. Twice changes nothing.';

revoke execute on function
  private.has_due_work, private.has_due_jobs, private.call_function, private.schedule_calls, private.ensure_schedule
  from public;

do $$
begin
  perform private.ensure_schedule();
end
$$;
