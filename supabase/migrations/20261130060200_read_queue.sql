-- The work queue: what needs a person, the least time left first; the rest by recency. Pages are keyed, never offset.
--
-- Under row level security planning takes longer than reading a page, and with arguments that may be null the planner
-- would plan anew for each call. So these functions keep one plan that is right for all arguments.

create type api.queued_session as (id uuid, is_late boolean, sort_at timestamptz);

create function private.is_wanted(p_filters jsonb, p_config_id uuid, p_tags text[], p_language text) returns boolean
language sql immutable parallel safe
as $$
  select (p_filters ->> 'config_id' is null or p_config_id = (p_filters ->> 'config_id')::uuid)
    and (p_filters ->> 'tag' is null or (p_filters ->> 'tag') = any (p_tags))
    and (p_filters ->> 'language' is null or p_language = (p_filters ->> 'language'))
$$;
comment on function private.is_wanted is 'Whether a conversation passes the filters config_id, tag and language; null filters pass all.';

create function private.queue_of_people(p_view text, p_filters jsonb, p_after jsonb, p_limit integer)
returns setof api.queued_session
language plpgsql set plan_cache_mode = 'force_generic_plan'
as $$
-- Runs in its caller's tenant path. is_late: the reply window has closed, so no free text helps; those come last.
-- A request that a person has answered is not due until the contact writes again.
declare
  v_me uuid := private.caller_id();
begin
  return query
    -- Materialized, so that all requests are read at once and not one for each conversation.
    with asked as materialized (
      select e.session_id, e.due_at from escalations e where e.status <> 'resolved'
    )
    select q.id, q.is_late, q.sort_at
    from (
      select s.id, coalesce(s.window_expires_at <= now(), true) as is_late,
        least(
          case when s.last_message_from = 'agent' then 'infinity' else coalesce(e.due_at, 'infinity') end,
          coalesce(s.window_expires_at, 'infinity')
        ) as sort_at
      from sessions s
      left join asked e on e.session_id = s.id
      where s.status = 'open' and s.holder in ('human', 'queue') and s.last_message_at is not null
        and coalesce(s.snoozed_until > now() and s.unread_count = 0, false) = (p_view = 'snoozed')
        and case p_view
          when 'needs_answer' then s.holder = 'queue' or (s.assigned_to = v_me and s.last_message_from = 'contact')
          when 'mine' then s.assigned_to = v_me
          when 'unassigned' then s.assigned_to is null
          else true
        end
        and private.is_wanted(p_filters, s.config_id, s.tags, s.language)
    ) q
    where p_after is null or (q.is_late, q.sort_at, q.id)
      > ((p_after ->> 'is_late')::boolean, (p_after ->> 'sort_at')::timestamptz, (p_after ->> 'id')::uuid)
    order by q.is_late, q.sort_at, q.id
    limit p_limit;
end
$$;
comment on function private.queue_of_people is 'A page of the views needs_answer, mine, unassigned and snoozed, by time left.';

create function private.queue_by_recency(p_view text, p_filters jsonb, p_after jsonb, p_limit integer)
returns setof api.queued_session
language plpgsql set plan_cache_mode = 'force_generic_plan'
as $$
-- Runs in its caller's tenant path.
begin
  return query
    select s.id, false, s.last_message_at
    from sessions s
    where s.status = case p_view when 'resolved' then 'resolved' else 'open' end and s.last_message_at is not null
      and (p_view <> 'bot' or s.holder = 'bot')
      and private.is_wanted(p_filters, s.config_id, s.tags, s.language)
      and s.inbox_slot <= date_bin(
        '5 minutes', coalesce((p_after ->> 'sort_at')::timestamptz, 'infinity'), '2000-01-01 00:00:00+00'
      )
      and (s.last_message_at, s.id) < (
        coalesce((p_after ->> 'sort_at')::timestamptz, 'infinity'),
        coalesce((p_after ->> 'id')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      )
    -- As api.list_sessions: the slot comes in order from the index.
    order by s.inbox_slot desc, s.last_message_at desc, s.id desc
    limit p_limit;
end
$$;
comment on function private.queue_by_recency is 'A page of the views bot, all and resolved, newest message first.';

create function api.list_queue(
  p_tenant_id uuid,
  p_view text default 'needs_answer',
  p_filters jsonb default '{}',
  p_after jsonb default null,
  p_limit integer default 50
) returns jsonb
language plpgsql
as $$
declare
  v_limit integer := least(greatest(p_limit, 1), 200);
  v_page api.queued_session[];
  v_last api.queued_session;
begin
  perform private.enter_tenant(p_tenant_id);
  if p_view in ('needs_answer', 'mine', 'unassigned', 'snoozed') then
    v_page := array(select q from private.queue_of_people(p_view, p_filters, p_after, v_limit) q);
  elsif p_view in ('bot', 'all', 'resolved') then
    v_page := array(select q from private.queue_by_recency(p_view, p_filters, p_after, v_limit) q);
  else
    raise exception 'Cannot list view "%": it is none of the queue''s views', p_view using errcode = 'PT400';
  end if;
  v_last := v_page[v_limit];
  return jsonb_build_object(
    'sessions', coalesce(
      (select jsonb_agg(d) from private.describe_sessions(p_tenant_id, array(select q.id from unnest(v_page) q)) d), '[]'
    ),
    'next', case when v_last.id is not null then to_jsonb(v_last) end
  );
end
$$;
comment on function api.list_queue is
  'One page of a view of the queue: {sessions, next}; `next` is the p_after of the next page, null at the end. Views by time left: needs_answer, mine, unassigned, snoozed; by recency: bot, all, resolved. At most 200 rows.';

create type api.queue_counts as (needs_answer bigint, mine bigint, unassigned bigint, snoozed bigint, bot bigint);

create function api.count_queue(p_tenant_id uuid) returns setof api.queue_counts
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select count(*) filter (where not p.is_snoozed
        and (p.holder = 'queue' or (p.assigned_to = v_me and p.last_message_from = 'contact'))),
      count(*) filter (where not p.is_snoozed and p.assigned_to = v_me),
      count(*) filter (where not p.is_snoozed and p.assigned_to is null),
      count(*) filter (where p.is_snoozed),
      (select count(*) from sessions b where b.status = 'open' and b.holder = 'bot' and b.last_message_at is not null)
    from (
      select s.holder, s.assigned_to, s.last_message_from,
        coalesce(s.snoozed_until > now() and s.unread_count = 0, false) as is_snoozed
      from sessions s
      where s.status = 'open' and s.holder in ('human', 'queue') and s.last_message_at is not null
    ) p;
end
$$;
comment on function api.count_queue is 'How many conversations stand in each view of the caller''s queue.';

create type api.tag_count as (tag text, amount bigint);

create function api.list_tags(p_tenant_id uuid) returns setof api.tag_count
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select t.tag, count(*) from sessions s cross join unnest(s.tags) as t (tag)
    where s.tags <> '{}' group by t.tag order by 2 desc, 1 limit 200;
end
$$;
comment on function api.list_tags is 'The tags of conversations, the most used first. At most 200.';

revoke execute on function
  private.is_wanted, private.queue_of_people, private.queue_by_recency, api.list_queue, api.count_queue, api.list_tags
  from public;
grant execute on function
  private.is_wanted, private.queue_of_people, private.queue_by_recency, api.list_queue, api.count_queue, api.list_tags
  to authenticated;
