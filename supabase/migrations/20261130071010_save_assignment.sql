-- How requests find a person: to everybody, or to who fits and holds least; and what each member is good at.

create function api.get_assignment(p_tenant_id uuid) returns jsonb
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return (
    select jsonb_build_object(
      'assignment', case when t.settings ->> 'escalation_assignment' = 'balanced' then 'balanced' else 'shared' end,
      'skills', coalesce((
        select jsonb_object_agg(m.user_id, t.settings -> 'member_skills' -> m.user_id::text)
        from public.tenant_members m
        where m.tenant_id = t.id and jsonb_typeof(t.settings -> 'member_skills' -> m.user_id::text) = 'array'
      ), '{}')
    )
    from public.tenants t where t.id = p_tenant_id
  );
end
$$;
comment on function api.get_assignment is
  'How requests for a person are given out: {assignment: "shared" | "balanced", skills: {user id: [tag, language or category]}}.';

create function api.save_assignment(p_tenant_id uuid, p_assignment text, p_skills jsonb) returns void
language plpgsql
as $$
declare
  v_skills jsonb;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot change how requests are given out in tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  if p_assignment not in ('shared', 'balanced') or p_assignment is null then
    raise exception 'Cannot give requests out as "%": it is shared or balanced', p_assignment
      using errcode = 'PT400', detail = 'bad_assignment';
  elsif jsonb_typeof(p_skills) is distinct from 'object' or exists (
    select from jsonb_each(p_skills) s
    where case when jsonb_typeof(s.value) = 'array'
      then jsonb_array_length(s.value) > 20 or exists (
        select from jsonb_array_elements(s.value) as e (skill)
        where jsonb_typeof(e.skill) <> 'string' or length(btrim(e.skill #>> '{}')) not between 1 and 40
      )
      else true end
  ) then
    raise exception 'Cannot keep skills: up to 20 words of 1 to 40 letters for each member'
      using errcode = 'PT400', detail = 'bad_skills';
  end if;
  -- Who has left has no skills here.
  select coalesce(jsonb_object_agg(m.user_id, (
    select coalesce(jsonb_agg(distinct btrim(e.skill)), '[]')
    from jsonb_array_elements_text(p_skills -> m.user_id::text) as e (skill)
  )), '{}') into v_skills
  from public.tenant_members m
  where m.tenant_id = p_tenant_id and p_skills ? m.user_id::text;
  update public.tenants t
  set settings = t.settings || jsonb_build_object('escalation_assignment', p_assignment, 'member_skills', v_skills)
  where t.id = p_tenant_id;
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'settings_changed',
    jsonb_build_object('escalation_assignment', p_assignment, 'member_skills', v_skills));
end
$$;
comment on function api.save_assignment is
  'For owners and admins: how requests for a person are given out, and what each member is good at. Replaces what was kept; PT400 "bad_assignment", "bad_skills".';

revoke execute on function api.get_assignment, api.save_assignment from public;
grant execute on function api.get_assignment, api.save_assignment to authenticated;
