-- How decisions would have differed with other settings, told from the stored signals of turns, without a model.

select private.define_tenant_step(71, 'find_turns_by_age', $ddl$

-- Few bytes, since turns arrive in the order of their age.
create index turns_by_age on turns using brin (created_at);

$ddl$);

create function private.decision_table() returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return $table$[
  {"rule":"not_ours","when":[{"signal":"not_ours","is":">=","than":1}],"decision":"queue"},
  {"rule":"person_asked","when":[{"signal":"person_asked","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"person_asked","when":[{"signal":"person_asked","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"person_asked","when":[{"signal":"person_asked","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"person_asked","when":[{"signal":"person_asked","is":">=","than":1}],"decision":"escalate"},
  {"rule":"opted_out","when":[{"signal":"opted_out","is":">=","than":1}],"decision":"auto_answer"},
  {"rule":"loop_guard","when":[{"signal":"bot_turns","is":">=","than":"limits.turns_against_bots"}],"decision":"queue"},
  {"rule":"topic_blocked","when":[{"signal":"topic_blocked","is":">=","than":1}],"decision":"refuse"},
  {"rule":"approved_answer","when":[{"signal":"canonical","is":">=","than":2.220446049250313e-16},{"signal":"canonical","is":">=","than":"thresholds.canonical"}],"decision":"canonical"},
  {"rule":"budget_spent","when":[{"signal":"budget","is":">=","than":2},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"budget_spent","when":[{"signal":"budget","is":">=","than":2},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"budget_spent","when":[{"signal":"budget","is":">=","than":2},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"budget_spent","when":[{"signal":"budget","is":">=","than":2}],"decision":"escalate"},
  {"rule":"gave_up","when":[{"signal":"gave_up","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"gave_up","when":[{"signal":"gave_up","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"gave_up","when":[{"signal":"gave_up","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"gave_up","when":[{"signal":"gave_up","is":">=","than":1}],"decision":"escalate"},
  {"rule":"needs_model","when":[{"signal":"model_asked","is":"<","than":1}],"decision":null},
  {"rule":"state_calls","when":[{"signal":"state_calls","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"state_calls","when":[{"signal":"state_calls","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"state_calls","when":[{"signal":"state_calls","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"state_calls","when":[{"signal":"state_calls","is":">=","than":1}],"decision":"escalate"},
  {"rule":"model_calls","when":[{"signal":"model_calls","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"model_calls","when":[{"signal":"model_calls","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"model_calls","when":[{"signal":"model_calls","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"model_calls","when":[{"signal":"model_calls","is":">=","than":1}],"decision":"escalate"},
  {"rule":"initiative","when":[{"signal":"initiative","is":">=","than":1},{"signal":"model_unusable","is":"<","than":1}],"decision":"auto_answer"},
  {"rule":"not_understood","when":[{"signal":"model_unusable","is":">=","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"model_unusable","is":">=","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"model_unusable","is":">=","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"model_unusable","is":">=","than":1},{"signal":"patience_spent","is":">=","than":1}],"decision":"escalate"},
  {"rule":"not_understood","when":[{"signal":"confidence","is":"<","than":"thresholds.clarify"},{"signal":"progress","is":"<","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"confidence","is":"<","than":"thresholds.clarify"},{"signal":"progress","is":"<","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"confidence","is":"<","than":"thresholds.clarify"},{"signal":"progress","is":"<","than":1},{"signal":"patience_spent","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"not_understood","when":[{"signal":"confidence","is":"<","than":"thresholds.clarify"},{"signal":"progress","is":"<","than":1},{"signal":"patience_spent","is":">=","than":1}],"decision":"escalate"},
  {"rule":"turns_spent","when":[{"signal":"turns_spent","is":">=","than":1},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"turns_spent","when":[{"signal":"turns_spent","is":">=","than":1},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"turns_spent","when":[{"signal":"turns_spent","is":">=","than":1},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"turns_spent","when":[{"signal":"turns_spent","is":">=","than":1}],"decision":"escalate"},
  {"rule":"not_understood","when":[{"signal":"model_unusable","is":">=","than":1}],"decision":"clarify"},
  {"rule":"not_understood","when":[{"signal":"confidence","is":"<","than":"thresholds.clarify"}],"decision":"clarify"},
  {"rule":"unsure","when":[{"signal":"confidence","is":"<","than":"thresholds.auto_answer"},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"unsure","when":[{"signal":"confidence","is":"<","than":"thresholds.auto_answer"},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"unsure","when":[{"signal":"confidence","is":"<","than":"thresholds.auto_answer"},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"unsure","when":[{"signal":"confidence","is":"<","than":"thresholds.auto_answer"},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"}],"decision":"escalate"},
  {"rule":"unsure","when":[{"signal":"confidence","is":"<","than":"thresholds.auto_answer"}],"decision":"clarify"},
  {"rule":"nothing_found","when":[{"signal":"nothing_found","is":">=","than":1},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"closed","is":">=","than":1}],"decision":"queue"},
  {"rule":"nothing_found","when":[{"signal":"nothing_found","is":">=","than":1},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"agents_away","is":">=","than":1}],"decision":"queue"},
  {"rule":"nothing_found","when":[{"signal":"nothing_found","is":">=","than":1},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"},{"signal":"escalations_today","is":">=","than":"limits.escalations_per_contact_per_day"}],"decision":"queue"},
  {"rule":"nothing_found","when":[{"signal":"nothing_found","is":">=","than":1},{"signal":"progress","is":"<","than":1},{"signal":"clarifications","is":">=","than":"limits.clarifications_in_a_row"}],"decision":"escalate"},
  {"rule":"nothing_found","when":[{"signal":"nothing_found","is":">=","than":1},{"signal":"progress","is":"<","than":1}],"decision":"clarify"},
  {"rule":"sure","when":[],"decision":"auto_answer"}
  ]$table$::jsonb;
end
$$;
comment on function private.decision_table is
  'The engine''s table of decisions: the first row whose conditions hold decides. A test keeps it equal to packages/sales-engine.';

create type api.settings_preview as (
  turns integer, is_partial boolean, decisions_now jsonb, decisions_then jsonb, changed integer, changes jsonb
);

create function api.preview_settings(p_tenant_id uuid, p_settings jsonb, p_from timestamptz, p_to timestamptz)
returns api.settings_preview
language plpgsql
as $$
declare
  v_most constant integer := 20000;
  v_used jsonb;
  v_time_zone text;
  v_result api.settings_preview;
begin
  perform private.enter_tenant(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot preview settings of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  v_used := private.used_settings(p_settings);
  select t.time_zone into v_time_zone from public.tenants t where t.id = p_tenant_id;
  with looked_at as materialized (
    select t.id, t.session_id, t.created_at, t.decision, t.scores || jsonb_build_object(
      'closed', case when private.is_open_at(v_used -> 'office_hours', t.created_at, v_time_zone) then 0 else 1 end
    ) as signals
    from turns t
    where t.created_at >= p_from and t.created_at < p_to and t.decision is not null
    order by t.created_at desc, t.id limit v_most
  ), row_of_table as materialized (
    select r.place, r.content ->> 'decision' as decision, r.content ->> 'rule' as rule, r.content -> 'when' as conditions
    from jsonb_array_elements(private.decision_table()) with ordinality as r (content, place)
  ), condition as materialized (
    select r.place, c.signal, c."is" = '>=' as is_least, case
      when jsonb_typeof(c.than) = 'number' then (c.than #>> '{}')::double precision
      else (v_used #>> string_to_array(c.than #>> '{}', '.'))::double precision
    end as than
    from row_of_table r
    cross join lateral jsonb_to_recordset(r.conditions) as c (signal text, "is" text, than jsonb)
  ), verdict as materialized (
    select l.*, v.decision as then_decision, v.rule
    from looked_at l
    -- The last row has no condition: it always holds.
    cross join lateral (
      select coalesce(
        (
          select min(h.place) from (
            select c.place from condition c
            group by c.place
            having bool_and(case
              when c.is_least then coalesce((l.signals ->> c.signal)::double precision, 0) >= c.than
              else coalesce((l.signals ->> c.signal)::double precision, 0) < c.than
            end)
          ) h
        ),
        (select max(r.place) from row_of_table r)
      ) as place
    ) first_row
    join row_of_table v on v.place = first_row.place
  ), changes as (
    select v.id, v.session_id, v.created_at, v.decision, v.then_decision, v.rule
    from verdict v where v.decision is distinct from v.then_decision
  )
  select count(*), count(*) >= v_most,
    (select coalesce(jsonb_object_agg(d.decision, d.amount), '{}')
      from (select v.decision, count(*) as amount from verdict v group by 1) d),
    (select coalesce(jsonb_object_agg(d.decision, d.amount), '{}')
      from (select coalesce(v.then_decision, 'needs_model') as decision, count(*) as amount from verdict v group by 1) d),
    (select count(*) from changes),
    (select coalesce(jsonb_agg(jsonb_build_object(
        'turn_id', c.id, 'session_id', c.session_id, 'at', c.created_at, 'from', c.decision,
        'to', coalesce(c.then_decision, 'needs_model'), 'rule', c.rule
      ) order by c.created_at desc, c.id), '[]')
      from (select * from changes c order by c.created_at desc, c.id limit 500) c)
    into v_result
  from verdict;
  return v_result;
end
$$;
comment on function api.preview_settings is
  'How the turns of a time would have been decided with other engine settings: counts now and then, how many change, and the newest 500 of these. needs_model: no model was asked then and one would be. At most the newest 20,000 turns are looked at; is_partial says so. Words of settings are not applied anew: that needs the customers'' texts.';

revoke execute on function private.decision_table, api.preview_settings from public;
grant execute on function private.decision_table, api.preview_settings to authenticated;
