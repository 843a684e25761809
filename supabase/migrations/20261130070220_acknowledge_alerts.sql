-- What people see of alerts, and say to them.

create type api.alert as (
  id uuid, escalation_id uuid, rung text, cause text, user_id uuid, way text, created_at timestamptz, sent_at timestamptz,
  delivered_at timestamptz, opened_at timestamptz, failure text, acknowledged_at timestamptz, acknowledged_by uuid
);

create function api.list_alerts(p_tenant_id uuid, p_session_id uuid) returns setof api.alert
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select a.id, a.escalation_id, a.rung, a.cause, a.user_id, a.way, a.created_at, a.sent_at, a.delivered_at, a.opened_at,
      a.failure, case when a.round = e.alert_round then e.acknowledged_at end,
      case when a.round = e.alert_round then e.acknowledged_by end
    from escalations e join alerts a on a.escalation_id = e.id
    where e.session_id = p_session_id
    order by a.created_at desc, a.user_id, a.way
    limit 100;
end
$$;
comment on function api.list_alerts is
  'Who was told of a conversation''s requests, when, by which way and what came of it; newest first, at most 100. Who acknowledged stands at the alerts of the present round.';

create function api.acknowledge_alerts(p_tenant_id uuid, p_session_id uuid) returns boolean
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
  v_is_first boolean;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  update escalations e set acknowledged_at = now(), acknowledged_by = v_me
  where e.session_id = p_session_id and e.status <> 'resolved' and e.acknowledged_at is null;
  v_is_first := found;
  update alerts a set opened_at = now()
  from escalations e
  where e.session_id = p_session_id and a.escalation_id = e.id and a.user_id = v_me and a.opened_at is null;
  if v_is_first then
    perform private.record_deed(p_session_id, 'alert_acknowledged', '{}');
  end if;
  return v_is_first;
end
$$;
comment on function api.acknowledge_alerts is
  'The caller looks at a conversation that waits for a person: nobody else is told of it in this round. Returns whether they were the first. Twice changes nothing.';

create function private.number_between(p_value jsonb, p_least integer, p_most integer) returns boolean
language sql immutable set search_path = ''
as $$
  select p_value is null or (
    jsonb_typeof(p_value) = 'number' and (p_value #>> '{}')::numeric = floor((p_value #>> '{}')::numeric)
    and (p_value #>> '{}')::numeric between p_least and p_most
  )
$$;
comment on function private.number_between is 'Whether a setting is absent or a whole number within bounds.';

create function api.save_alert_settings(p_tenant_id uuid, p_alerts jsonb) returns jsonb
language plpgsql
as $$
declare
  v_ladder jsonb := coalesce(p_alerts -> 'ladder_minutes', '{}');
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot save the settings of alerts: only owners and admins may' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(p_alerts) is distinct from 'object' or jsonb_typeof(v_ladder) <> 'object'
    or exists (
      select from jsonb_object_keys(p_alerts) k
      where k not in ('ladder_minutes', 'due_soon_minutes', 'rounds', 'show_names', 'template')
    )
    or exists (select from jsonb_object_keys(v_ladder) k where k not in ('agent', 'next', 'owner'))
    or not private.number_between(v_ladder -> 'agent', 1, 1440) or not private.number_between(v_ladder -> 'next', 1, 1440)
    or not private.number_between(v_ladder -> 'owner', 1, 1440)
    or not private.number_between(p_alerts -> 'due_soon_minutes', 0, 1440)
    or not private.number_between(p_alerts -> 'rounds', 1, 20)
    or coalesce(jsonb_typeof(p_alerts -> 'show_names'), 'boolean') <> 'boolean' then
    raise exception 'Cannot save the settings of alerts: something in them is not what it should be'
      using errcode = 'PT400', detail = 'bad_alert_settings';
  end if;
  if coalesce(p_alerts -> 'template', 'null') <> 'null'
    and private.read_alert_template(p_tenant_id, p_alerts -> 'template') is null then
    raise exception 'Cannot save the settings of alerts: that template cannot tell people'
      using errcode = 'PT400', detail = 'bad_alert_template';
  end if;
  update public.tenants t set settings = t.settings || jsonb_build_object('alerts', p_alerts) where t.id = p_tenant_id;
  return p_alerts;
end
$$;
comment on function api.save_alert_settings is
  'How people are told, for owners and admins: {ladder_minutes: {agent, next, owner}, due_soon_minutes, rounds, show_names, template: {config_id, name, language}}; what is absent has its default. PT400 for anything else.';

revoke execute on function
  private.number_between, api.list_alerts, api.acknowledge_alerts, api.save_alert_settings
  from public;
grant execute on function
  private.number_between, api.list_alerts, api.acknowledge_alerts, api.save_alert_settings
  to authenticated;
