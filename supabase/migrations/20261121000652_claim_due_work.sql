-- Who works on what: a claim takes rows whose lease is free. Fences in the sessions decide; a lease only keeps workers apart.

create function private.claim_due_work(p_limit integer, p_lease_seconds numeric) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_now timestamptz := now();
  v_token uuid := gen_random_uuid();
  v_tenants uuid[];
  v_share integer;
  v_work jsonb;
  v_has_more boolean := false;
  c_together constant integer := 32;
begin
  -- One probe of the index per tenant that has rows, then one per tenant for its oldest claimable row.
  with recursive named as (
    (select d.tenant_id from private.due_work d order by d.tenant_id limit 1)
    union all
    select (
      select d.tenant_id from private.due_work d where d.tenant_id > n.tenant_id order by d.tenant_id limit 1
    )
    from named n where n.tenant_id is not null
  ), waiting as (
    select n.tenant_id, oldest.due_at
    from named n
    join public.tenants t on t.id = n.tenant_id and t.status in ('active', 'suspended')
    cross join lateral (
      select d.due_at from private.due_work d
      where d.tenant_id = n.tenant_id and d.due_at <= v_now and (d.lease_until is null or d.lease_until <= v_now)
      order by d.due_at limit 1
    ) oldest
    order by oldest.due_at
    limit p_limit
  )
  select array_agg(w.tenant_id order by w.due_at) into v_tenants from waiting w;

  v_share := ceil(p_limit::numeric / greatest(cardinality(v_tenants), 1));
  if v_share < c_together then
    -- Many wait. Rows of one tenant cost less together than apart: whose waiting rows fit into an equal share gets them
    -- all, and the rest of the claim goes to those who have waited longest, in parts that are worth a transaction.
    select array_agg(c.tenant_id order by c.is_small desc, c.place) filter (where c.is_small or c.place_of_many <= c.many),
      bool_or(not c.is_small and c.place_of_many > c.many)
      into v_tenants, v_has_more
    from (
      select w.*, row_number() over (partition by w.is_small order by w.place) as place_of_many,
        ceil((p_limit - coalesce(sum(w.amount) filter (where w.is_small) over (), 0))::numeric / c_together) as many
      from (
        select turn_of.tenant_id, turn_of.place, waiting.amount, waiting.amount <= v_share as is_small
        from unnest(v_tenants) with ordinality as turn_of (tenant_id, place)
        cross join lateral (
          select count(*) as amount from (
            select from private.due_work d
            where d.tenant_id = turn_of.tenant_id and d.due_at <= v_now and (d.lease_until is null or d.lease_until <= v_now)
            limit v_share + 1
          ) as first_rows
        ) waiting
      ) w
    ) c;
    v_share := c_together;
  end if;
  with picked as materialized (
    select mine.tenant_id, mine.session_id, mine.work
    from unnest(v_tenants) as turn_of (tenant_id)
    cross join lateral (
      select d.tenant_id, d.session_id, d.work from private.due_work d
      where d.tenant_id = turn_of.tenant_id and d.due_at <= v_now and (d.lease_until is null or d.lease_until <= v_now)
      order by d.due_at
      limit v_share
      for update skip locked
    ) mine
    limit p_limit
  ), claimed as (
    update private.due_work d
    set lease_token = v_token,
      lease_until = v_now + make_interval(secs => p_lease_seconds),
      -- A lease that ran out belonged to a worker that died: whatever killed it counts as a try.
      attempts = d.attempts + (d.lease_token is not null)::integer
    from picked p
    where d.tenant_id = p.tenant_id and d.session_id = p.session_id and d.work = p.work
    returning d.tenant_id, d.schema_name, d.session_id, d.work, d.attempts, d.due_at
  )
  select jsonb_agg(jsonb_build_object(
    'tenant_id', c.tenant_id, 'schema_name', c.schema_name, 'session_id', c.session_id, 'work', c.work,
    'attempts', c.attempts, 'overdue_ms', extract(epoch from v_now - c.due_at) * 1000
  ) order by c.due_at), v_has_more or bool_or(c.is_full_share) into v_work, v_has_more
  from (select *, count(*) over (partition by tenant_id) >= v_share as is_full_share from claimed) c;

  return jsonb_build_object(
    'lease_token', v_token,
    'lease_until', v_now + make_interval(secs => p_lease_seconds),
    'work', coalesce(v_work, '[]'),
    'has_more', coalesce(v_has_more, false),
    'next_due_in_ms', case
      -- Due, free, and locked by whoever writes it at this moment: in a moment it can be claimed.
      when v_work is null and v_tenants is not null then 10
      else (
        select extract(epoch from d.due_at - v_now) * 1000 from private.due_work d
        where d.due_at > v_now order by d.due_at limit 1
      )
    end
  );
end
$$;
comment on function private.claim_due_work is
  'Leases up to p_limit due rows, of no tenant more than its share of the claim, and tells when the next row is due. Run as engine_router.';

create function private.renew_leases(p_leases jsonb, p_lease_seconds numeric) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_renewed jsonb;
begin
  with renewed as (
    update private.due_work d
    set lease_until = now() + make_interval(secs => p_lease_seconds)
    from jsonb_to_recordset(p_leases) as l (tenant_id uuid, session_id uuid, work text, lease_token uuid)
    where d.tenant_id = l.tenant_id and d.session_id = l.session_id and d.work = l.work
      and d.lease_token = l.lease_token
    returning d.session_id, d.work
  )
  select jsonb_agg(jsonb_build_object('session_id', r.session_id, 'work', r.work)) into v_renewed from renewed r;
  return coalesce(v_renewed, '[]');
end
$$;
comment on function private.renew_leases is
  'Prolongs the leases that are still the caller''s own and returns them. Run as engine_router.';

revoke execute on function private.claim_due_work, private.renew_leases from public;
grant execute on function private.claim_due_work, private.renew_leases to engine_router;
