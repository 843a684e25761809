-- The engine settings of a tenant, as far as SQL reads and keeps them: defaults, office hours, what is out of range.

create function private.engine_defaults() returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return $defaults${"thresholds":{"auto_answer":0.75,"clarify":0.45,"canonical":0.9},"limits":{"escalations_per_contact_per_day":3,"clarifications_in_a_row":2,"turns_against_bots":5},"office_hours":null}$defaults$::jsonb;
end
$$;
comment on function private.engine_defaults is
  'The defaults of the settings that stored signals are compared with. A test keeps them equal to packages/sales-engine.';

create function private.is_open_at(p_hours jsonb, p_at timestamptz, p_time_zone text) returns boolean
language plpgsql stable set search_path = ''
as $$
declare
  v_local timestamp;
  v_weekday text;
  v_time text;
begin
  if p_hours is null or jsonb_typeof(p_hours) = 'null' then
    return true;
  end if;
  v_local := p_at at time zone coalesce(p_hours ->> 'time_zone', p_time_zone);
  if coalesce(p_hours -> 'holidays' ? to_char(v_local, 'YYYY-MM-DD'), false) then
    return false;
  end if;
  v_weekday := (array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
    [extract(isodow from v_local)::integer];
  v_time := to_char(v_local, 'HH24:MI');
  return exists (
    select from jsonb_array_elements(coalesce(p_hours #> array['weekly', v_weekday], '[]')) as r (open)
    where (r.open ->> 'from') collate "C" <= v_time and v_time < (r.open ->> 'to') collate "C"
  );
end
$$;
comment on function private.is_open_at is 'Whether people are there at a moment; always without office hours.';

create function private.used_settings(p_settings jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  v_defaults constant jsonb := private.engine_defaults();
  v_used jsonb;
  v_problem text;
begin
  if jsonb_typeof(p_settings) is distinct from 'object'
    or jsonb_typeof(coalesce(p_settings -> 'thresholds', '{}')) <> 'object'
    or jsonb_typeof(coalesce(p_settings -> 'limits', '{}')) <> 'object'
  then
    raise exception 'Cannot use settings: they, their thresholds and their limits are objects' using errcode = 'PT400';
  end if;
  v_used := v_defaults || jsonb_strip_nulls(jsonb_build_object('office_hours', p_settings -> 'office_hours'))
    || jsonb_build_object(
      'thresholds', (v_defaults -> 'thresholds') || coalesce(p_settings -> 'thresholds', '{}'),
      'limits', (v_defaults -> 'limits') || coalesce(p_settings -> 'limits', '{}')
    );
  select format('%s.%s is no setting, or not a number from %s to %s', g.name, s.name, coalesce(b.least, 0), coalesce(b.most, 1))
    into v_problem
  from unnest(array['thresholds', 'limits']) as g (name)
  cross join lateral jsonb_each(v_used -> g.name) as s (name, value)
  left join (values
    ('thresholds', 'auto_answer', 0, 1), ('thresholds', 'clarify', 0, 1), ('thresholds', 'canonical', 0, 1),
    ('limits', 'escalations_per_contact_per_day', 1, 100), ('limits', 'clarifications_in_a_row', 1, 10),
    ('limits', 'turns_against_bots', 2, 20)
  ) as b (of, name, least, most) on b.of = g.name and b.name = s.name
  where b.name is null or case
    when jsonb_typeof(s.value) <> 'number' then true
    when (s.value #>> '{}')::numeric not between b.least and b.most then true
    else g.name = 'limits' and (s.value #>> '{}')::numeric % 1 <> 0
  end
  limit 1;
  if v_problem is null and (v_used #>> '{thresholds,clarify}')::numeric > (v_used #>> '{thresholds,auto_answer}')::numeric then
    v_problem := 'thresholds.clarify is at most thresholds.auto_answer';
  end if;
  if v_problem is null and jsonb_typeof(v_used -> 'office_hours') <> 'null' then
    if jsonb_typeof(v_used #> '{office_hours,weekly}') is distinct from 'object' then
      v_problem := 'office_hours.weekly is an object of weekdays';
    elsif v_used #> '{office_hours,time_zone}' is not null and not exists (
      select from pg_catalog.pg_timezone_names z where z.name = v_used #>> '{office_hours,time_zone}'
    ) then
      v_problem := 'office_hours.time_zone is an IANA time zone such as America/Lima';
    elsif exists (
      select from jsonb_each(v_used #> '{office_hours,weekly}') as d (weekday, ranges)
      where jsonb_typeof(d.ranges) <> 'array'
        or d.weekday not in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
    ) or exists (
      select from jsonb_each(v_used #> '{office_hours,weekly}') as d (weekday, ranges)
      cross join lateral jsonb_array_elements(case when jsonb_typeof(d.ranges) = 'array' then d.ranges else '[]' end) as r (open)
      where coalesce(r.open ->> 'from', '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
        or coalesce(r.open ->> 'to', '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
        or (r.open ->> 'from') collate "C" >= (r.open ->> 'to') collate "C"
    ) then
      v_problem := 'office_hours.weekly holds lists of ranges such as {"from": "09:00", "to": "18:00"} by weekday';
    elsif jsonb_typeof(coalesce(v_used #> '{office_hours,holidays}', '[]')) <> 'array' then
      v_problem := 'office_hours.holidays is a list of days';
    end if;
  end if;
  if v_problem is not null then
    raise exception 'Cannot use settings: %', v_problem using errcode = 'PT400';
  end if;
  return v_used;
end
$$;
comment on function private.used_settings is
  'The settings that stored signals are compared with, every default filled in; PT400 for what is out of range or contradicts itself. What needs the words of customers is not looked at.';

create function private.store_engine_settings(p_tenant_id uuid, p_settings jsonb) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot change the settings of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  update public.tenants t set settings = t.settings || jsonb_build_object('engine', p_settings) where t.id = p_tenant_id;
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'settings_changed', jsonb_build_object('engine', p_settings));
end
$$;
comment on function private.store_engine_settings is
  'Keeps engine settings in place of the older ones. For the function that has checked them with the engine''s schema.';

revoke execute on function
  private.engine_defaults, private.is_open_at, private.used_settings, private.store_engine_settings
  from public;
grant execute on function
  private.engine_defaults, private.is_open_at, private.used_settings, private.store_engine_settings
  to authenticated;
