-- What happened that a person should see when they come back: requests that wait, conversations given to them or taken
-- back by the bot, and messages of theirs that did not arrive. Derived from what is stored anyway; only how far they have
-- read is kept.

create type api.notification as (
  id text, kind text, session_id uuid, contact_name text, body jsonb, at timestamptz, is_read boolean
);

create function api.list_notifications(p_tenant_id uuid, p_limit integer default 50) returns setof api.notification
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
  v_limit integer := least(greatest(p_limit, 1), 100);
  v_read_at timestamptz;
begin
  perform private.enter_tenant(p_tenant_id);
  select coalesce((m.notify ->> 'read_at')::timestamptz, '-infinity') into v_read_at
  from public.tenant_members m where m.tenant_id = p_tenant_id and m.user_id = v_me;
  return query
    -- Bounded before anything is asked about them: with thousands of requests that wait, each with its alerts, a plan made
    -- while there were few would go through all alerts for each of them.
    with requests as materialized (
      (select e.id from escalations e where e.status = 'open' order by e.created_at desc limit v_limit)
      union
      (select l.escalation_id from (
         select a.escalation_id from alerts a where a.user_id = v_me order by a.created_at desc limit 4 * v_limit
       ) l)
    ),
    told as materialized (
      select distinct on (a.escalation_id) a.escalation_id, a.cause, a.rung, a.created_at as at from alerts a
      where a.escalation_id = any (array(select r.id from requests r)) and a.user_id = v_me and a.way = 'app'
      order by a.escalation_id, a.created_at desc
    )
    select n.id, n.kind, n.session_id, c.name, n.body, n.at, n.at <= v_read_at
    from (
      (select 'escalation ' || e.id as id, 'escalation' as kind, e.session_id,
         jsonb_build_object('reason', e.reason, 'category', e.category, 'urgency', e.urgency, 'summary', e.summary,
           'due_at', e.due_at, 'cause', told.cause, 'rung', told.rung, 'acknowledged_by', e.acknowledged_by) as body,
         coalesce(told.at, e.created_at) as at
       from escalations e left join told on told.escalation_id = e.id
       where e.id = any (array(select r.id from requests r))
         -- Of those that a person has taken on, what they were told of anew.
         and (e.status = 'open'
           or (e.status = 'claimed' and e.claimed_by = v_me and e.acknowledged_at is null and told.at is not null))
       order by 5 desc limit v_limit)
      union all
      (select 'event ' || v.id, 'assigned', v.session_id, jsonb_build_object('by', v.actor_id, 'note', v.body ->> 'note'),
         v.created_at
       from sessions s join events v on v.session_id = s.id
       where s.assigned_to = v_me and s.status = 'open' and v.name = 'session_assigned'
         and v.body ->> 'to_agent' = v_me::text and v.actor_id <> v_me
       order by v.id desc limit v_limit)
      union all
      (select 'event ' || v.id, 'handed_back', v.session_id, '{}', v.created_at
       from events v
       where v.name = 'session_handed_back' and v.body ->> 'reason' = 'silent' and v.body ->> 'from_agent' = v_me::text
         and v.created_at > now() - interval '7 days'
       order by v.id desc limit v_limit)
      union all
      (select 'message ' || m.id, 'failed', m.session_id,
         jsonb_build_object('preview', left(m.content, 160), 'title', m.error ->> 'title'), m.created_at
       from sessions s join messages m on m.session_id = s.id
       where s.assigned_to = v_me and s.status = 'open' and m.sender_id = v_me and m.status = 'failed'
       order by m.seq desc limit v_limit)
    ) n
    join sessions s on s.id = n.session_id
    join contacts c on c.id = s.contact_id
    order by n.at desc
    limit v_limit;
end
$$;
comment on function api.list_notifications is
  'What the caller should see: open requests for a person, at the time when they were last told of them, conversations that a colleague gave them, those of theirs that the bot took back in the last 7 days because they were silent, their own failed messages. Newest first, at most 100.';

create function api.mark_notifications_read(p_tenant_id uuid) returns timestamptz
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  update public.tenant_members set notify = notify || jsonb_build_object('read_at', now())
  where tenant_id = p_tenant_id and user_id = private.caller_id();
  return now();
end
$$;
comment on function api.mark_notifications_read is 'The caller has seen everything until now.';

revoke execute on function api.list_notifications, api.mark_notifications_read from public;
grant execute on function api.list_notifications, api.mark_notifications_read to authenticated;
