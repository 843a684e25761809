-- Requests for a person, and how the engine decided.

create type api.escalation as (
  id uuid, session_id uuid, contact_name text, reason text, category text, urgency text, status text, opened_by text,
  claimed_by uuid, claimed_at timestamptz, resolved_at timestamptz, due_at timestamptz, summary text,
  created_at timestamptz
);

create function api.list_escalations(
  p_tenant_id uuid,
  p_statuses text[] default array['open', 'claimed'],
  p_before_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
) returns setof api.escalation
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select e.id, e.session_id, c.name, e.reason, e.category, e.urgency, e.status, e.opened_by, e.claimed_by,
      e.claimed_at, e.resolved_at, e.due_at, e.summary, e.created_at
    from escalations e
    join sessions s on s.id = e.session_id
    join contacts c on c.id = s.contact_id
    where e.status = any (p_statuses)
      and (p_before_at is null or (e.created_at, e.id) < (p_before_at, p_before_id))
    order by e.created_at desc, e.id desc
    limit least(greatest(p_limit, 1), 200);
end
$$;
comment on function api.list_escalations is
  'Requests for a person, newest first; those that wait or are in hand unless other statuses are asked for.';

create type api.turn as (
  id uuid, session_id uuid, cause text, status text, decision text, confidence real, scores jsonb, from_state text,
  to_state text, machine_version integer, reason text, model text, model_calls integer, input_tokens integer,
  cached_tokens integer, output_tokens integer, cost_usd numeric, latency_ms integer, evidence jsonb, error text,
  created_at timestamptz, finished_at timestamptz, language text, intent text, sentiment text
);

create function api.list_turns(
  p_tenant_id uuid,
  p_session_id uuid,
  p_before_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
) returns setof api.turn
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select t.id, t.session_id, t.cause, t.status, t.decision, t.confidence, t.scores, t.from_state, t.to_state,
      v.version, t.reason, t.model, t.model_calls, t.input_tokens, t.cached_tokens, t.output_tokens, t.cost_usd,
      t.latency_ms, t.evidence, t.error, t.created_at, t.finished_at, t.language, t.intent, t.sentiment
    from turns t left join state_machine_versions v on v.id = t.machine_version_id
    where t.session_id = p_session_id
      and (p_before_at is null or (t.created_at, t.id) < (p_before_at, p_before_id))
    order by t.created_at desc, t.id desc
    limit least(greatest(p_limit, 1), 200);
end
$$;
comment on function api.list_turns is 'The decision ledger of a conversation, newest first.';

create function api.get_turn(p_tenant_id uuid, p_turn_id uuid) returns setof api.turn
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select t.id, t.session_id, t.cause, t.status, t.decision, t.confidence, t.scores, t.from_state, t.to_state,
      v.version, t.reason, t.model, t.model_calls, t.input_tokens, t.cached_tokens, t.output_tokens, t.cost_usd,
      t.latency_ms, t.evidence, t.error, t.created_at, t.finished_at, t.language, t.intent, t.sentiment
    from turns t left join state_machine_versions v on v.id = t.machine_version_id
    where t.id = p_turn_id;
end
$$;
comment on function api.get_turn is 'How one reply of the engine came about; no row if there is no such turn.';

revoke execute on function api.list_escalations, api.list_turns, api.get_turn from public;
grant execute on function api.list_escalations, api.list_turns, api.get_turn to authenticated;
