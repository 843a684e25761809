-- The end of every stretch of a person that nobody ended by hand: the bot speaks again.

create function engine.give_to_bot(p_session_id uuid, p_reason text, p_note text default null, p_contract jsonb default '{}')
returns jsonb
language plpgsql
as $$
-- Runs in its caller's tenant path; the caller has locked the session.
declare
  v_session record;
  v_next_due_at timestamptz;
begin
  select s.assigned_to, s.config_id into strict v_session from sessions s where s.id = p_session_id;
  update sessions s
  set holder = 'bot', assigned_to = null, fence = s.fence + 1, hand_back_note = nullif(btrim(left(p_note, 2000)), ''),
    variables = s.variables || coalesce(p_contract -> 'fields', '{}'), updated_at = now()
  where s.id = p_session_id;
  update escalations set status = 'resolved', resolved_at = now()
  where session_id = p_session_id and status <> 'resolved';
  insert into events (session_id, actor_type, name, body)
  values (p_session_id, 'system', 'session_handed_back', jsonb_strip_nulls(jsonb_build_object(
    'reason', p_reason, 'from_agent', v_session.assigned_to, 'note', p_note, 'contract', nullif(p_contract, '{}')
  )));
  -- What people see of it between the messages; apps have the words.
  insert into messages (session_id, config_id, direction, sender_type, type, payload, status)
  values (p_session_id, v_session.config_id, 'internal', 'system', 'system', jsonb_strip_nulls(jsonb_build_object(
    'notice', 'back_with_bot', 'reason', p_reason, 'from_agent', v_session.assigned_to
  )), 'sent');
  -- What came before the person's last words has been answered by them.
  delete from pending_messages p using messages m
  where p.session_id = p_session_id and m.id = p.message_id and m.seq < (
    select max(a.seq) from messages a
    where a.session_id = p_session_id and a.direction = 'outbound' and a.sender_type = 'agent'
  );
  if exists (select from pending_messages p where p.session_id = p_session_id) then
    v_next_due_at := private.plan_turns(tenant_id(), array[p_session_id], '{}', interval '0', interval '0');
  end if;
  return jsonb_build_object('next_due_at', v_next_due_at);
end
$$;
comment on function engine.give_to_bot is
  'The bot goes on with a conversation that no person holds any more, and answers what the contact wrote after their last words. p_reason: silent, hold_ended; p_contract: {fields} become its variables. Returns next_due_at.';

revoke execute on function engine.give_to_bot from public;
grant execute on function engine.give_to_bot to engine_worker;
