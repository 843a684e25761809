-- Tenant step 92: who was told that a person is wanted, when, by which way, and what came of it.

-- `security definer` because whoever opens, takes or releases a request may not write these columns.
create function private.follow_request() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.alert_cause := case when new.category = 'promise' then 'promise' else 'request' end;
  elsif old.status = 'open' and new.status <> 'open' and new.acknowledged_at is null then
    -- Whoever takes a conversation over has seen it.
    new.acknowledged_at := now();
    new.acknowledged_by := private.caller_id();
  elsif old.status = 'claimed' and new.status = 'open' then
    new.alert_round := new.alert_round + 1;
    new.alert_cause := 'request';
    new.acknowledged_at := null;
    new.acknowledged_by := null;
  end if;
  return new;
end
$$;
comment on function private.follow_request is
  'Taking a request on acknowledges its alerts; giving it back to the queue begins a new round of them.';

-- `security definer` because a colleague who releases a conversation plans no jobs.
create function private.plan_alerts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tenant record;
  v_lead interval;
begin
  select t.id, t.settings -> 'alerts' as settings into v_tenant
  from public.tenants t where t.schema_name = tg_table_schema;
  insert into private.jobs (tenant_id, name, payload, dedupe_key)
  values (v_tenant.id, 'alert_people',
    jsonb_build_object('escalation_id', new.id, 'round', new.alert_round, 'rung', 'agent'),
    format('alert_people:%s:%s:agent', new.id, new.alert_round))
  on conflict (dedupe_key) do nothing;
  if tg_op = 'INSERT' then
    v_lead := make_interval(mins => coalesce((v_tenant.settings ->> 'due_soon_minutes')::integer, 2));
    insert into private.jobs (tenant_id, name, payload, dedupe_key, due_at)
    select v_tenant.id, 'alert_due_soon', jsonb_build_object('escalation_id', new.id), 'alert_due_soon:' || new.id,
      new.due_at - v_lead
    where new.due_at - v_lead > new.created_at
    on conflict (dedupe_key) do nothing;
  end if;
  return null;
end
$$;
comment on function private.plan_alerts is
  'Has people told of a request at once when a round of alerts begins, and again before it is late (the tenant''s setting alerts.due_soon_minutes, else 2).';

-- `security definer` as the others that announce.
create function private.announce_alerts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  select array_agg(distinct n.escalation_id) into v_ids from new_rows n;
  if v_ids is not null then
    perform private.announce_to_inbox(tg_table_schema, 'alerts_changed', private.ids_of(v_ids));
  end if;
  return null;
end
$$;
comment on function private.announce_alerts is 'Says of which requests people were told, or of which alerts something is known anew.';

revoke execute on function private.follow_request, private.plan_alerts, private.announce_alerts from public;

select private.define_tenant_step(92, 'define_alerts', $ddl$

alter table escalations
  add column alert_round integer not null default 1,
  add column alert_cause text not null default 'request',
  add column acknowledged_at timestamptz,
  add column acknowledged_by uuid,
  add constraint alert_cause_is_known check (alert_cause in ('request', 'due_soon', 'promise')),
  add constraint somebody_acknowledges_at_some_time check (acknowledged_by is null or acknowledged_at is not null);
comment on column escalations.alert_round is 'Raised when people have to be told again; alerts of earlier rounds climb no further.';
grant update (acknowledged_at, acknowledged_by) on escalations to authenticated;

create table alerts (
  id uuid primary key default gen_random_uuid(),
  escalation_id uuid not null references escalations (id) on delete cascade,
  round integer not null,
  rung text not null,
  cause text not null,
  user_id uuid not null,
  way text not null,
  receipt_token uuid not null default gen_random_uuid() unique,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  delivered_at timestamptz,
  opened_at timestamptz,
  failure text,
  message_id uuid references messages (id) on delete set null,
  constraint rung_is_known check (rung in ('agent', 'next', 'owner')),
  constraint cause_is_known check (cause in ('request', 'due_soon', 'promise')),
  constraint way_is_known check (way in ('app', 'push', 'whatsapp')),
  constraint person_is_told_once_per_round_and_way unique (escalation_id, round, user_id, way)
);
comment on table alerts is
  'A person who was told of a request, on a rung of the ladder (agent, next, owner) and by one way, with what is known of it: sent, delivered to the device, opened by them.';
create index alerts_by_message on alerts (message_id) where message_id is not null;
create index alerts_by_person on alerts (user_id, created_at desc);

alter table alerts enable row level security;
-- Not the token: who shows it is the device.
grant select (id, escalation_id, round, rung, cause, user_id, way, created_at, sent_at, delivered_at, opened_at, failure),
  update (opened_at) on alerts to authenticated;
create policy "Members see who was told" on alerts
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "People say of their own alerts that they opened them" on alerts
  for update to authenticated
  using ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()))
  with check ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()));
create policy "The worker of this tenant" on alerts
  for all to engine_worker using (true) with check (true);

create trigger request_is_followed before insert or update on escalations
  for each row execute function private.follow_request();
create trigger new_request_is_told after insert on escalations
  for each row when (new.status = 'open') execute function private.plan_alerts();
create trigger new_round_is_told after update on escalations
  for each row when (new.alert_round is distinct from old.alert_round) execute function private.plan_alerts();
create trigger announce_new_alerts after insert on alerts
  referencing new table as new_rows for each statement execute function private.announce_alerts();
create trigger announce_changed_alerts after update on alerts
  referencing new table as new_rows for each statement execute function private.announce_alerts();

$ddl$);
