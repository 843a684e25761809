-- What the inbox and a conversation on screen show. Pages are keyed by what they are ordered by, never by offset.

create type api.session as (
  id uuid, contact_id uuid, contact_name text, contact_phone text, config_id uuid, channel_type text, channel_name text,
  holder text, status text, state text, assigned_to uuid, priority integer, tags text[], variables jsonb, fence bigint,
  window_expires_at timestamptz, last_message_at timestamptz, last_message_preview text, last_message_from text,
  unread_count integer, message_count integer, summary text, topics text[], sentiment text, intent text, language text,
  escalation_id uuid, escalation_reason text, escalation_urgency text, is_legacy boolean, created_at timestamptz
);

create function private.read_sessions(
  p_session_id uuid, p_status text, p_holders text[], p_assigned_to uuid, p_before_at timestamptz, p_before_id uuid,
  p_limit integer
) returns setof api.session
language plpgsql
as $$
-- Runs in its caller's tenant path. The page is cut before anything is joined to it.
begin
  return query
    with page as (
      select s.* from sessions s
      where case when p_session_id is null then s.status = p_status else s.id = p_session_id end
        and (p_session_id is not null or s.last_message_at is not null)
        and (p_holders is null or s.holder = any (p_holders))
        and (p_assigned_to is null or s.assigned_to = p_assigned_to)
        and (p_before_at is null or (s.last_message_at, s.id) < (p_before_at, p_before_id))
      order by s.last_message_at desc, s.id desc
      limit p_limit
    )
    select p.id, p.contact_id, c.name,
      (select i.external_id from contact_identities i where i.contact_id = p.contact_id and i.kind = 'phone' limit 1),
      p.config_id, g.channel_type, g.display_name, p.holder, p.status, p.state, p.assigned_to, p.priority, p.tags,
      p.variables, p.fence, p.window_expires_at, p.last_message_at, p.last_message_preview, p.last_message_from,
      p.unread_count, p.message_count, p.summary, p.topics, p.sentiment, p.intent, p.language,
      e.id, e.reason, e.urgency, p.is_legacy, p.created_at
    from page p
    join contacts c on c.id = p.contact_id
    join public.client_configs g on g.id = p.config_id
    left join escalations e on e.session_id = p.id and e.status <> 'resolved'
    order by p.last_message_at desc, p.id desc;
end
$$;
comment on function private.read_sessions is 'One conversation by id, or a page of those with a status, newest first.';

create function api.list_sessions(
  p_tenant_id uuid,
  p_status text default 'open',
  p_holders text[] default null,
  p_assigned_to uuid default null,
  p_before_at timestamptz default null,
  p_before_id uuid default null,
  p_limit integer default 50
) returns setof api.session
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.read_sessions(
    null, p_status, p_holders, p_assigned_to, p_before_at, p_before_id, least(greatest(p_limit, 1), 200)
  );
end
$$;
comment on function api.list_sessions is
  'The inbox, newest message first. The next page starts before the last row''s (last_message_at, id). At most 200 rows.';

create function api.get_session(p_tenant_id uuid, p_session_id uuid) returns setof api.session
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.read_sessions(p_session_id, null, null, null, null, null, 1);
end
$$;
comment on function api.get_session is 'One conversation; no row if there is none.';

create type api.message as (
  id uuid, seq bigint, session_id uuid, direction text, sender_type text, sender_id uuid, type text, content text,
  payload jsonb, media jsonb, reply_to uuid, status text, error jsonb, turn_id uuid, rag_sources jsonb, language text,
  external_timestamp timestamptz, created_at timestamptz
);

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
    with page as (
      (select m.* from messages m
       where p_after_seq is not null and m.session_id = p_session_id and m.seq > p_after_seq
         and (p_before_seq is null or m.seq < p_before_seq)
       order by m.seq limit least(greatest(p_limit, 1), 200))
      union all
      (select m.* from messages m
       where p_after_seq is null and m.session_id = p_session_id and (p_before_seq is null or m.seq < p_before_seq)
       order by m.seq desc limit least(greatest(p_limit, 1), 200))
    )
    select p.id, p.seq, p.session_id, p.direction, p.sender_type, p.sender_id, p.type, p.content, p.payload,
      case when d.id is not null then jsonb_build_object(
        'id', d.id, 'path', d.path, 'mime_type', d.mime_type, 'size', d.size, 'file_name', d.file_name,
        'duration_ms', d.duration_ms, 'transcript', d.transcript, 'description', d.description, 'status', d.status
      ) end,
      p.reply_to, p.status, p.error, p.turn_id, p.rag_sources, p.language, p.external_timestamp, p.created_at
    from page p left join media d on d.id = p.media_id
    order by p.seq;
end
$$;
comment on function api.list_messages is
  'Messages of a conversation in order: those after p_after_seq (to close a gap), else the newest before p_before_seq.';

revoke execute on function private.read_sessions, api.list_sessions, api.get_session, api.list_messages from public;
grant execute on function private.read_sessions, api.list_sessions, api.get_session, api.list_messages to authenticated;
