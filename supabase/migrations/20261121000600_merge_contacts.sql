-- Two contacts turn out to be one person. Runs in the tenant path that its caller has set; the caller holds the locks of
-- the identities that showed it.

create function engine.merge_sessions(p_kept_id uuid, p_other_id uuid) returns void
language plpgsql
as $$
begin
  update messages set session_id = p_kept_id where session_id = p_other_id;
  update pending_messages set session_id = p_kept_id where session_id = p_other_id;
  update turns set status = 'superseded', finished_at = now() where session_id = p_other_id and status = 'open';
  -- One escalation is unresolved per session: the kept one's stays.
  update escalations set status = 'resolved', resolved_at = now()
  where session_id = p_other_id and status <> 'resolved'
    and exists (select from escalations e where e.session_id = p_kept_id and e.status <> 'resolved');
  update escalations set session_id = p_kept_id where session_id = p_other_id;

  update sessions k
  set fence = k.fence + 1,
    variables = o.variables || k.variables,
    unread_count = k.unread_count + o.unread_count,
    message_count = k.message_count + o.message_count,
    window_expires_at = greatest(k.window_expires_at, o.window_expires_at),
    summary = coalesce(k.summary, o.summary),
    updated_at = now()
  from sessions o
  where k.id = p_kept_id and o.id = p_other_id;
  update sessions o
  set status = 'resolved', resolved_at = now(), fence = o.fence + 1, unread_count = 0, message_count = 0,
    updated_at = now()
  where o.id = p_other_id;

  with moved as (
    delete from private.due_work d where d.tenant_id = tenant_id() and d.session_id = p_other_id
    returning d.tenant_id, d.schema_name, d.work, d.due_at, d.first_due_at
  )
  insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, first_due_at)
  select m.tenant_id, m.schema_name, p_kept_id, m.work, m.due_at, m.first_due_at from moved m
  on conflict (tenant_id, session_id, work) do update
  set due_at = least(private.due_work.due_at, excluded.due_at),
    first_due_at = least(private.due_work.first_due_at, excluded.first_due_at);
  insert into events (session_id, actor_type, name, body)
  values (p_kept_id, 'system', 'session_merged', jsonb_build_object('session_id', p_other_id));
end
$$;
comment on function engine.merge_sessions is
  'Moves everything said in the other session into the kept one and resolves the other. Both are locked by the caller.';

create function engine.merge_contacts(p_older_id uuid, p_younger_id uuid) returns void
language plpgsql
as $$
declare
  v_pair record;
begin
  perform from sessions s where s.contact_id in (p_older_id, p_younger_id) order by s.id for update;

  -- Per number one conversation stays open: the one that a person holds or is called to, else the older.
  for v_pair in
    select (array_agg(s.id order by position(s.holder in 'human queue bot'), s.created_at, s.id)) as ids
    from sessions s
    where s.contact_id in (p_older_id, p_younger_id) and s.status = 'open'
    group by s.config_id having count(*) > 1
  loop
    perform engine.merge_sessions(v_pair.ids[1], v_pair.ids[2]);
  end loop;

  update sessions set contact_id = p_older_id, fence = fence + 1, updated_at = now() where contact_id = p_younger_id;
  update contact_identities set contact_id = p_older_id where contact_id = p_younger_id;
  update events set contact_id = p_older_id where contact_id = p_younger_id;
  update channel_events set contact_id = p_older_id where contact_id = p_younger_id;
  update contacts set merged_into = p_older_id where merged_into = p_younger_id;
  -- Who opted out or was blocked under either name stays so.
  update contacts o
  set name = coalesce(o.name, y.name),
    language = coalesce(o.language, y.language),
    attributes = y.attributes || o.attributes,
    tags = array(select distinct tag from unnest(o.tags || y.tags) tag order by tag),
    opted_out_at = least(o.opted_out_at, y.opted_out_at),
    blocked_at = least(o.blocked_at, y.blocked_at),
    updated_at = now()
  from contacts y
  where o.id = p_older_id and y.id = p_younger_id;
  update contacts set merged_into = p_older_id, updated_at = now() where id = p_younger_id;
  insert into events (contact_id, actor_type, name, body)
  values (p_older_id, 'system', 'contact_merged', jsonb_build_object('contact_id', p_younger_id));
end
$$;
comment on function engine.merge_contacts is
  'Makes the younger contact part of the older: identities, sessions, attributes, refusals. Every session''s fence is raised.';

revoke execute on function engine.merge_sessions, engine.merge_contacts from public;
grant execute on function engine.merge_sessions, engine.merge_contacts to engine_worker;
