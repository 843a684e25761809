-- Who is asked first. By default everybody sees a request in the shared queue. With the tenant's setting
-- escalation_assignment = "balanced" it is given to the member who is there, fits best and holds least; it still waits in
-- the queue, so that a colleague may take it.

-- `security definer` because workers read no members. Owners write skills in the tenant's settings, as
-- member_skills = {"<user id>": ["pt", "billing"]}.
create function private.assign_escalation() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_tenant record;
  v_session record;
  v_loads jsonb;
  v_agent uuid;
begin
  select t.id, t.settings into v_tenant from public.tenants t where t.schema_name = tg_table_schema;
  if v_tenant.settings ->> 'escalation_assignment' is distinct from 'balanced' then
    return null;
  end if;
  execute format('select s.assigned_to, s.language, s.tags from %I.sessions s where s.id = $1', tg_table_schema)
  into v_session using new.session_id;
  if v_session.assigned_to is not null then
    return null;
  end if;
  execute format(
    'select coalesce(jsonb_object_agg(l.assigned_to, l.amount), ''{}'') from (
      select s.assigned_to, count(*) as amount from %I.sessions s
      where s.assigned_to is not null and s.status = ''open'' group by s.assigned_to
    ) l', tg_table_schema
  ) into v_loads;
  select m.user_id into v_agent
  from public.tenant_members m
  where m.tenant_id = v_tenant.id and private.availability_now(m.availability, m.last_used_at) = 'online'
  order by (
      select count(*) from unnest(v_session.tags || array[v_session.language, new.category]) as wanted (skill)
      where v_tenant.settings -> 'member_skills' -> m.user_id::text ? wanted.skill
    ) desc,
    coalesce((v_loads ->> m.user_id::text)::integer, 0), m.user_id
  limit 1;
  execute format('update %I.sessions s set assigned_to = $1, updated_at = now() where s.id = $2', tg_table_schema)
  using v_agent, new.session_id;
  return null;
end
$$;
comment on function private.assign_escalation is
  'Gives a new request to whom the tenant''s settings say: of the members who are online, the one with most of the skills that its language, tags and category name, then the one who holds fewest conversations. Nobody there: it is everybody''s.';
revoke execute on function private.assign_escalation from public;

select private.define_tenant_step(91, 'assign_escalations', $ddl$

create trigger new_escalation_is_assigned after insert on escalations
  for each row when (new.status = 'open') execute function private.assign_escalation();

$ddl$);
