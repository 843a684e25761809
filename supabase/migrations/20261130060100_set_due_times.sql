-- By when a person should have answered a request. Whoever opens one may say it; else the tenant's settings do.

create function private.set_due_time() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.due_at := new.created_at + make_interval(mins => coalesce(
    (
      select (t.settings -> 'escalation_due_minutes' ->> new.urgency)::integer
      from public.tenants t where t.schema_name = tg_table_schema
    ),
    case new.urgency when 'high' then 5 when 'normal' then 15 else 60 end
  ));
  return new;
end
$$;
comment on function private.set_due_time is
  'Gives a request for a person its due time by urgency: the tenant''s setting escalation_due_minutes, else 5, 15 or 60 minutes.';
revoke execute on function private.set_due_time from public;

select private.define_tenant_step(81, 'set_due_times', $ddl$

create trigger new_escalation_is_due before insert on escalations
  for each row when (new.due_at is null) execute function private.set_due_time();
create index escalations_by_claimer on escalations (claimed_by) where claimed_by is not null;

$ddl$);
