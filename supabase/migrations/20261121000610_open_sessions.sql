-- The conversation that a contact's message belongs to. Runs in the tenant path that its caller has set; the caller holds
-- the locks of the contact's identities, so nobody else opens one meanwhile.

create function engine.open_session(p_contact_id uuid, p_config_id uuid, p_reopen_minutes integer) returns uuid
language plpgsql
as $$
declare
  v_session_id uuid;
begin
  update sessions s
  set status = 'open', resolved_at = null, holder = 'bot', assigned_to = null, fence = s.fence + 1, updated_at = now()
  where s.id = (
    select r.id from sessions r
    where r.contact_id = p_contact_id and r.config_id = p_config_id and r.status = 'resolved' and not r.is_legacy
      and r.resolved_at > now() - make_interval(mins => p_reopen_minutes)
    order by r.resolved_at desc limit 1
  )
  returning s.id into v_session_id;
  if v_session_id is not null then
    insert into events (session_id, actor_type, name) values (v_session_id, 'contact', 'session_reopened');
    return v_session_id;
  end if;

  -- What was learned about the person carries over; where the last sale stood does not.
  insert into sessions (contact_id, config_id, language, summary)
  select c.id, p_config_id, c.language, (
    select l.summary from sessions l
    where l.contact_id = p_contact_id and l.config_id = p_config_id
    order by l.created_at desc limit 1
  )
  from contacts c where c.id = p_contact_id
  returning id into v_session_id;
  return v_session_id;
end
$$;
comment on function engine.open_session is
  'Reopens the conversation that was resolved within p_reopen_minutes, or starts a new one with the last one''s summary.';

create function engine.lock_open_sessions(p_contact_ids uuid[], p_config_id uuid, p_reopen_minutes integer) returns void
language plpgsql
as $$
declare
  v_found integer;
  v_contact_id uuid;
begin
  perform from sessions s
  where s.contact_id = any (p_contact_ids) and s.config_id = p_config_id and s.status = 'open'
  order by s.id for update;
  get diagnostics v_found = row_count;
  if v_found = cardinality(p_contact_ids) then
    return;
  end if;
  for v_contact_id in
    select distinct c.id from unnest(p_contact_ids) as c (id)
    where not exists (
      select from sessions s where s.contact_id = c.id and s.config_id = p_config_id and s.status = 'open'
    )
  loop
    perform engine.open_session(v_contact_id, p_config_id, p_reopen_minutes);
  end loop;
end
$$;
comment on function engine.lock_open_sessions is
  'Each contact has exactly one open session on this number afterwards, locked until commit in the order of ids.';

revoke execute on function engine.open_session, engine.lock_open_sessions from public;
grant execute on function engine.open_session, engine.lock_open_sessions to engine_worker;
