-- What the inbox and a conversation on screen show. Pages are keyed by what they are ordered by, never by offset.
--
-- Under row level security planning takes longer than reading a page, and with arguments that may be null the planner
-- would plan anew for each call. So these functions keep one plan that is right for all arguments.
--
-- All members read all conversations of their tenant. What is read of five tables for one row asks for membership once,
-- on entering, where five policies would each ask again: opening a conversation cost half as much again by that.

create type api.session as (
  id uuid, contact_id uuid, contact_name text, contact_phone text, config_id uuid, channel_type text, channel_name text,
  holder text, status text, state text, assigned_to uuid, priority integer, tags text[], variables jsonb, fence bigint,
  window_expires_at timestamptz, last_message_at timestamptz, last_message_preview text, last_message_from text,
  unread_count integer, message_count integer, summary text, topics text[], sentiment text, intent text, language text,
  escalation_id uuid, escalation_reason text, escalation_urgency text, is_legacy boolean, created_at timestamptz,
  escalation_category text, escalation_summary text, escalated_at timestamptz, due_at timestamptz,
  snoozed_until timestamptz, opted_out_at timestamptz, blocked_at timestamptz, held_until timestamptz,
  acknowledged_at timestamptz
);

-- `security definer` for that reason; it enters the tenant itself, which refuses whoever is not a member.
create function private.describe_sessions(p_tenant_id uuid, p_ids uuid[]) returns setof api.session
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select s.id, s.contact_id, c.name,
      (select i.external_id from contact_identities i where i.contact_id = s.contact_id and i.kind = 'phone' limit 1),
      s.config_id, g.channel_type, g.display_name, s.holder, s.status, s.state, s.assigned_to, s.priority, s.tags,
      s.variables, s.fence, s.window_expires_at, s.last_message_at, s.last_message_preview, s.last_message_from,
      s.unread_count, s.message_count, s.summary, s.topics, s.sentiment, s.intent, s.language,
      e.id, e.reason, e.urgency, s.is_legacy, s.created_at,
      e.category, e.summary, e.created_at, e.due_at, s.snoozed_until, c.opted_out_at, c.blocked_at, s.held_until,
      e.acknowledged_at
    from unnest(p_ids) with ordinality as wanted (id, place)
    join sessions s on s.id = wanted.id
    join contacts c on c.id = s.contact_id
    join public.client_configs g on g.id = s.config_id and g.client_id = p_tenant_id
    left join escalations e on e.session_id = s.id and e.status <> 'resolved'
    order by wanted.place;
end
$$;
comment on function private.describe_sessions is 'For a member, conversations as apps see them, in the order of the ids; unknown ids give no row.';

create function api.list_sessions(
  p_tenant_id uuid,
  p_status text default 'open',
  p_holders text[] default null,
  p_assigned_to uuid default null,
  p_before_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
) returns setof api.session
language plpgsql set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.describe_sessions(p_tenant_id, array(
    select s.id from sessions s
    where s.status = p_status and s.last_message_at is not null
      and (p_holders is null or s.holder = any (p_holders))
      and (p_assigned_to is null or s.assigned_to = p_assigned_to)
      and s.inbox_slot <= date_bin('5 minutes', coalesce(p_before_at, 'infinity'), '2000-01-01 00:00:00+00')
      and (s.last_message_at, s.id) < (
        coalesce(p_before_at, 'infinity'), coalesce(p_before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      )
    -- The slot comes in order from the index; only those of one slot are sorted.
    order by s.inbox_slot desc, s.last_message_at desc, s.id desc
    limit least(greatest(p_limit, 1), 200)
  ));
end
$$;
comment on function api.list_sessions is
  'The inbox, newest message first. The next page starts before the last row''s (last_message_at, id). At most 200 rows.';

create function api.get_session(p_tenant_id uuid, p_session_id uuid) returns setof api.session
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.describe_sessions(p_tenant_id, array[p_session_id]);
end
$$;
comment on function api.get_session is 'One conversation; no row if there is none.';

create function api.get_sessions(p_tenant_id uuid, p_session_ids uuid[]) returns setof api.session
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.describe_sessions(p_tenant_id, p_session_ids[1:200]);
end
$$;
comment on function api.get_sessions is
  'The conversations that an event named, as they are now; what is gone gives no row. At most 200.';

create type api.message as (
  id uuid, seq bigint, session_id uuid, direction text, sender_type text, sender_id uuid, type text, content text,
  payload jsonb, media jsonb, reply_to uuid, status text, error jsonb, turn_id uuid, rag_sources jsonb, language text,
  external_timestamp timestamptz, created_at timestamptz, intent text, sentiment text
);
comment on type api.message is
  'A message of a conversation. Language, intent and sentiment of what a contact wrote are those that the turn read in it.';

-- `security definer` for the same reason.
create function private.read_messages(
  p_tenant_id uuid, p_session_id uuid, p_after_seq bigint, p_before_seq bigint, p_limit integer
) returns setof api.message
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    with page as (
      (select m.* from messages m
       where p_after_seq is not null and m.session_id = p_session_id and m.seq > p_after_seq
         and m.seq < coalesce(p_before_seq, 9223372036854775807)
       order by m.seq limit least(greatest(p_limit, 1), 200))
      union all
      (select m.* from messages m
       where p_after_seq is null and m.session_id = p_session_id
         and m.seq < coalesce(p_before_seq, 9223372036854775807)
       order by m.seq desc limit least(greatest(p_limit, 1), 200))
    ), reading as materialized (
      select q.seq, t.language, t.intent, t.sentiment
      from turns t cross join lateral unnest(t.read_seqs) as q (seq)
      -- No turn is older than what it read, but for the moment in which it waited for the message's commit.
      where t.session_id = p_session_id and t.decision is not null
        and t.created_at >= (select min(g.created_at) from page g) - interval '1 minute'
        and t.read_seqs[1] <= (select max(g.seq) from page g)
    )
    select p.id, p.seq, p.session_id, p.direction, p.sender_type, p.sender_id, p.type, p.content, p.payload,
      case when d.id is not null then jsonb_build_object(
        'id', d.id, 'path', d.path, 'mime_type', d.mime_type, 'size', d.size, 'file_name', d.file_name,
        'duration_ms', d.duration_ms, 'transcript', d.transcript, 'description', d.description, 'status', d.status
      ) end,
      p.reply_to, p.status, p.error, p.turn_id, p.rag_sources, coalesce(p.language, r.language), p.external_timestamp,
      p.created_at, coalesce(p.intent, r.intent), r.sentiment
    from page p
    left join media d on d.id = p.media_id
    left join reading r on r.seq = p.seq
    order by p.seq;
end
$$;
comment on function private.read_messages is 'For a member, a page of the messages of a conversation, with their files, in order.';

create function api.list_messages(
  p_tenant_id uuid,
  p_session_id uuid,
  p_after_seq bigint default null,
  p_before_seq bigint default null,
  p_limit integer default 50
) returns setof api.message
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select * from private.read_messages(p_tenant_id, p_session_id, p_after_seq, p_before_seq, p_limit);
end
$$;
comment on function api.list_messages is
  'Messages of a conversation in order: those after p_after_seq (to close a gap), else the newest before p_before_seq.';

revoke execute on function
  private.describe_sessions, private.read_messages, api.list_sessions, api.get_session, api.get_sessions, api.list_messages
  from public;
grant execute on function
  private.describe_sessions, private.read_messages, api.list_sessions, api.get_session, api.get_sessions, api.list_messages
  to authenticated;
