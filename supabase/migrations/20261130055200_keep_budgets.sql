-- Tenant step 73: what models cost, by day and contact, and what turns that run may still cost. A turn reserves before it
-- asks a model and is settled with what the model cost, so that many turns at once do not spend one budget many times.

select private.define_tenant_step(73, 'define_spendings', $ddl$

create table spendings (
  id bigint generated always as identity primary key,
  day date not null,
  contact_id uuid references contacts (id) on delete cascade,
  usd numeric(16, 9) not null default 0,
  turns integer not null default 0,
  highest_usd numeric(16, 9) not null default 0,
  constraint one_row_per_day_and_contact unique nulls not distinct (day, contact_id)
);
comment on table spendings is 'What models cost a tenant in a day of its time zone; the row without a contact is the whole tenant''s.';
comment on column spendings.highest_usd is 'The dearest turn of the day: the next one may cost as much.';
create index spendings_by_contact on spendings (contact_id) where contact_id is not null;

create table budget_reservations (
  turn_id uuid primary key references turns (id) on delete cascade,
  contact_id uuid not null references contacts (id) on delete cascade,
  day date not null,
  usd numeric(16, 9) not null,
  expires_at timestamptz not null
);
comment on table budget_reservations is
  'What a running turn may cost. A worker that died leaves one behind; it counts until it expires.';
create index budget_reservations_by_contact on budget_reservations (contact_id);

alter table spendings enable row level security;
grant select on spendings to authenticated;
create policy "Members read what models cost their tenant" on spendings
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on spendings
  for all to engine_worker using (true) with check (true);

alter table budget_reservations enable row level security;
create policy "The worker of this tenant" on budget_reservations
  for all to engine_worker using (true) with check (true);

$ddl$);

create function engine.judge_payer(
  p_day date, p_contact_id uuid, p_budget numeric, p_next numeric, p_search numeric, p_save_from numeric
) returns integer
language plpgsql stable
as $$
-- The rows of both payers are locked by the caller.
declare
  v_spent numeric;
  v_reserved numeric;
begin
  if p_budget is null then
    return 0;
  end if;
  select s.usd into v_spent from spendings s where s.day = p_day and s.contact_id is not distinct from p_contact_id;
  select coalesce(sum(r.usd), 0) into v_reserved from budget_reservations r
  where r.day = p_day and r.expires_at > now() and (p_contact_id is null or r.contact_id = p_contact_id);
  -- Alone, a turn may end over the budget: nobody knows before what it costs. Together they may not.
  return case
    when v_spent >= p_budget or v_spent + v_reserved + p_search > p_budget and v_reserved > 0 then 3
    when v_reserved > 0 and v_spent + v_reserved + p_next > p_budget then 2
    when v_spent + v_reserved >= p_budget * p_save_from then 1
    else 0
  end;
end
$$;
comment on function engine.judge_payer is
  'How far a budget goes for one more turn: 0 within, 1 save, 2 no model any more, 3 nothing that costs.';

create function engine.reserve_budget(p_turn_id uuid, p_contact_id uuid, p_budgets jsonb, p_hold_seconds numeric)
returns text
language plpgsql
as $$
declare
  -- What a first turn may cost that nothing is known about.
  v_first constant numeric := 0.05;
  -- What a search for an approved answer may cost: vectors of a question and 63 new wordings, at the dearest list price.
  v_search constant numeric := 0.001;
  v_day date;
  v_next numeric;
  v_level integer;
  v_turns integer;
begin
  select (now() at time zone t.time_zone)::date into v_day from public.tenants t where t.id = tenant_id();
  insert into spendings (day, contact_id) values (v_day, null) on conflict do nothing;
  insert into spendings (day, contact_id) values (v_day, p_contact_id) on conflict do nothing;
  -- The tenant's row is locked first, here and where turns are settled: whoever has it is alone.
  perform from spendings s where s.day = v_day and s.contact_id is null for update;
  perform from spendings s where s.day = v_day and s.contact_id = p_contact_id for update;

  select greatest(v_first, max(s.highest_usd)) into v_next from spendings s
  where s.contact_id is null and s.day > v_day - 7;
  v_level := greatest(
    engine.judge_payer(
      v_day, null, (p_budgets ->> 'tenant_usd_per_day')::numeric, v_next, v_search, (p_budgets ->> 'save_from')::numeric
    ),
    engine.judge_payer(
      v_day, p_contact_id, (p_budgets ->> 'contact_usd_per_day')::numeric, v_next, v_search,
      (p_budgets ->> 'save_from')::numeric
    )
  );
  if p_budgets ->> 'contact_turns_per_day' is not null then
    select s.turns + (
      select count(*) from budget_reservations r
      where r.day = v_day and r.contact_id = p_contact_id and r.expires_at > now() and r.usd > v_search
    ) into v_turns
    from spendings s where s.day = v_day and s.contact_id = p_contact_id;
    if v_turns >= (p_budgets ->> 'contact_turns_per_day')::integer then
      v_level := greatest(v_level, 2);
    end if;
  end if;
  if v_level < 3 then
    insert into budget_reservations (turn_id, contact_id, day, usd, expires_at)
    values (
      p_turn_id, p_contact_id, v_day, case when v_level < 2 then v_next else v_search end,
      now() + make_interval(secs => p_hold_seconds)
    )
    on conflict (turn_id) do update set expires_at = excluded.expires_at;
  end if;
  return (array['within', 'save', 'approved_only', 'spent'])[v_level + 1];
end
$$;
comment on function engine.reserve_budget is
  'Sets aside what a turn may cost, the dearest of the last seven days, and says how far the budgets go: within, save (a cheaper model), approved_only (no model; a search for approved answers is set aside), spent (nothing that costs; nothing is set aside). With one turn at a time, spending ends at most one turn over the budget.';

create function engine.settle_budgets(p_ended jsonb) returns void
language plpgsql
as $$
declare
  v_spent jsonb;
begin
  with settled as (
    delete from budget_reservations b
    using jsonb_to_recordset(p_ended) as r (turn_id uuid, model jsonb)
    where b.turn_id = r.turn_id
    returning b.day, b.contact_id, coalesce((r.model ->> 'costUsd')::numeric, 0) as usd,
      coalesce((r.model ->> 'calls')::integer, 0) as calls
  ), paid as (
    select s.day, s.contact_id, s.usd, s.calls from settled s
    union all
    select s.day, null, s.usd, s.calls from settled s
  )
  select jsonb_agg(to_jsonb(p)) into v_spent from (
    select p.day, p.contact_id, sum(p.usd) as usd, count(*) filter (where p.calls > 0) as turns, max(p.usd) as highest_usd
    from paid p group by p.day, p.contact_id
  ) p;
  if v_spent is null then
    return;
  end if;
  perform from spendings s
  where (s.day, coalesce(s.contact_id, tenant_id())) in (
    select p.day, coalesce(p.contact_id, tenant_id()) from jsonb_to_recordset(v_spent) as p (day date, contact_id uuid)
  )
  order by s.contact_id nulls first, s.day for update;
  update spendings s
  set usd = s.usd + p.usd, turns = s.turns + p.turns, highest_usd = greatest(s.highest_usd, p.highest_usd)
  from jsonb_to_recordset(v_spent)
    as p (day date, contact_id uuid, usd numeric, turns integer, highest_usd numeric)
  where s.day = p.day and s.contact_id is not distinct from p.contact_id;
end
$$;
comment on function engine.settle_budgets is 'Puts what models cost in place of what was set aside for turns that have ended, committed or not. Embeddings are in the cost and make no turn.';

revoke execute on function engine.judge_payer, engine.reserve_budget, engine.settle_budgets from public;
grant execute on function engine.judge_payer, engine.reserve_budget, engine.settle_budgets to engine_worker;
