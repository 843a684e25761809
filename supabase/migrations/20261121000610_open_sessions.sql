-- The conversation that a contact's message belongs to. Runs in the tenant path that its caller has set; the caller holds
-- the locks of the contact's identities, so nobody else opens one meanwhile.

create function engine.open_session(p_contact_id uuid, p_config_id uuid, p_reopen_minutes integer) returns uuid
language plpgsql
as $$
declare
  v_session_id uuid;
begin
  select s.id into v_session_id from sessions s
  where s.contact_id = p_contact_id and s.config_id = p_config_id and s.status = 'open';
  if found then
    return v_session_id;
  end if;

  update sessions s
  set status = 'open', resolved_at = null, holder = 'bot', assigned_to = null, fence = s.fence + 1, updated_at = now()
  where s.status = 'resolved' and s.id = (
    select r.id from sessions r
    where r.contact_id = p_contact_id and r.config_id = p_config_id and r.status = 'resolved' and not r.is_legacy
      and r.resolved_at > now() - make_interval(mins => p_reopen_minutes)
    order by r.resolved_at desc limit 1
  )
  returning s.id into v_session_id;
  if found then
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
  'The contact''s open conversation on this number: the present one, the one resolved within p_reopen_minutes, or a new one with the last one''s summary.';

revoke execute on function engine.open_session from public;
grant execute on function engine.open_session to engine_worker;
