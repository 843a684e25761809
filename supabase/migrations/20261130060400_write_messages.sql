-- What agents say. The message has the id that its writer's device made, so sending it again changes nothing; it leaves
-- through the same delivery as the engine's replies. Refusals carry their reason in `detail`, for the app to explain.

create function private.refuse_to_send(p_session_id uuid, p_reason text, p_hint text default null) returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception 'Cannot send to conversation "%": %', p_session_id, p_reason
    using errcode = 'PT409', detail = p_reason, hint = coalesce(p_hint, '');
end
$$;
comment on function private.refuse_to_send is 'PT409 with the reason in its detail.';

create function private.check_sending(p_session_id uuid, p_session record, p_type text, p_base_fence bigint) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path, with the conversation locked.
declare
  v_contact record;
begin
  select c.opted_out_at, c.blocked_at into v_contact from contacts c where c.id = p_session.contact_id;
  if p_session.status <> 'open' then
    perform private.refuse_to_send(p_session_id, 'not_open');
  elsif p_session.holder <> 'human' then
    perform private.refuse_to_send(p_session_id, 'not_taken_over');
  elsif p_session.assigned_to is distinct from private.caller_id() then
    perform private.refuse_to_send(p_session_id, 'held_by_colleague', p_session.assigned_to::text);
  elsif v_contact.blocked_at is not null then
    perform private.refuse_to_send(p_session_id, 'contact_blocked');
  elsif v_contact.opted_out_at is not null then
    perform private.refuse_to_send(p_session_id, 'contact_opted_out');
  elsif p_type <> 'template' and coalesce(p_session.window_expires_at <= now(), true) then
    perform private.refuse_to_send(p_session_id, 'window_closed');
  elsif p_base_fence is not null and p_base_fence <> p_session.fence then
    perform private.refuse_to_send(p_session_id, 'conversation_moved_on');
  end if;
end
$$;
comment on function private.check_sending is
  'Whether the caller may send this kind of message now: they hold the open conversation, the contact is neither blocked nor opted out, the window is open or it is a template, and, if a base fence is given, nothing has happened since.';

create function private.payload_to_send(p_session_id uuid, p_message jsonb) returns jsonb
language plpgsql
as $$
-- Runs in its caller's tenant path.
declare
  v_reply_to uuid := (p_message ->> 'reply_to')::uuid;
  v_payload jsonb := coalesce(p_message -> 'payload', '{}');
  v_external_id text;
begin
  if v_reply_to is null and p_message ->> 'type' <> 'reaction' then
    return v_payload;
  end if;
  select m.external_id into v_external_id from messages m
  where m.id = v_reply_to and m.session_id = p_session_id and m.direction <> 'internal';
  if not found or (p_message ->> 'type' = 'reaction' and v_external_id is null) then
    perform private.refuse_to_send(p_session_id, 'nothing_to_answer');
  end if;
  -- The app does not know the provider's ids.
  return case when p_message ->> 'type' = 'reaction'
    then jsonb_build_object('type', 'reaction', 'messageExternalId', v_external_id, 'emoji', nullif(p_message ->> 'content', ''))
    else v_payload end;
end
$$;
comment on function private.payload_to_send is
  'The payload of a message: what its writer gave; for a reaction what the channel needs. What it answers must be said in the same conversation.';

create function private.add_media(p_media jsonb) returns uuid
language plpgsql
as $$
-- Runs in its caller's tenant path.
declare
  v_id uuid;
begin
  if p_media is null then
    return null;
  end if;
  insert into media (path, mime_type, size, file_name, duration_ms, status)
  values (p_media ->> 'path', p_media ->> 'mime_type', (p_media ->> 'size')::bigint, p_media ->> 'file_name',
    (p_media ->> 'duration_ms')::integer, 'stored')
  returning id into v_id;
  return v_id;
end
$$;
comment on function private.add_media is 'Keeps a file that was uploaded to the tenant''s bucket, for a message to carry.';

create type api.sent_message as (id uuid, seq bigint, status text, is_new boolean, due boolean);

create function api.send_message(
  p_tenant_id uuid,
  p_session_id uuid,
  p_message jsonb,
  p_base_fence bigint default null
) returns api.sent_message
language plpgsql
as $$
declare
  v_id uuid := (p_message ->> 'id')::uuid;
  v_type text := p_message ->> 'type';
  v_content text := p_message ->> 'content';
  v_session record;
  v_known record;
  v_result api.sent_message;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  select m.session_id, m.sender_id, m.seq, m.status into v_known from messages m where m.id = v_id;
  if found then
    if v_known.session_id <> p_session_id or v_known.sender_id is distinct from private.caller_id() then
      perform private.refuse_to_send(p_session_id, 'id_is_taken');
    end if;
    v_result := row(v_id, v_known.seq, v_known.status, false, false);
    return v_result;
  end if;
  perform private.check_sending(p_session_id, v_session, v_type, p_base_fence);
  insert into messages (id, session_id, config_id, direction, sender_type, sender_id, type, content, payload, media_id,
    reply_to, status)
  values (v_id, p_session_id, v_session.config_id, 'outbound', 'agent', private.caller_id(), v_type, v_content,
    private.payload_to_send(p_session_id, p_message), private.add_media(nullif(p_message -> 'media', 'null')),
    (p_message ->> 'reply_to')::uuid, 'queued');
  update sessions
  set last_message_at = now(), last_message_from = 'agent', message_count = message_count + 1, unread_count = 0,
    last_message_preview = coalesce(nullif(left(v_content, 160), ''), '[' || v_type || ']'), snoozed_until = null,
    updated_at = now()
  -- An emoji answers nobody.
  where id = p_session_id and v_type <> 'reaction';
  perform private.make_work_due(p_tenant_id, p_session_id, 'delivery');
  select v_id, m.seq, m.status, true, true into v_result from messages m where m.id = v_id;
  return v_result;
end
$$;
comment on function api.send_message is
  'Stores and queues what the caller says in a conversation that they hold. p_message: id (made by the client), type, content, payload (as contracts'' outboundContent), media {path, mime_type, size, file_name, duration_ms}, reply_to (of the same conversation; a reaction needs it, and its content is the emoji, or empty to take it back). The same id again changes nothing (is_new false). PT409 with a reason in detail if it may not leave.';

create function api.add_note(p_tenant_id uuid, p_session_id uuid, p_message_id uuid, p_content text) returns bigint
language plpgsql
as $$
declare
  v_session record;
  v_seq bigint;
begin
  v_session := private.begin_verb(p_tenant_id, p_session_id);
  if length(btrim(p_content)) not between 1 and 4096 then
    raise exception 'Cannot add a note to conversation "%": it has 1 to 4096 characters', p_session_id
      using errcode = 'PT400', detail = 'note_length';
  end if;
  select m.seq into v_seq from messages m where m.id = p_message_id and m.session_id = p_session_id;
  if v_seq is null then
    insert into messages (id, session_id, config_id, direction, sender_type, sender_id, type, content, status)
    values (p_message_id, p_session_id, v_session.config_id, 'internal', 'agent', private.caller_id(), 'note', p_content,
      'sent');
    select m.seq into v_seq from messages m where m.id = p_message_id;
  end if;
  return v_seq;
end
$$;
comment on function api.add_note is 'A note that only people of the tenant see; the same id again changes nothing. Returns its seq.';

create function api.cancel_message(p_tenant_id uuid, p_message_id uuid) returns boolean
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  update messages set status = 'cancelled', error = '{"reason": "withdrawn"}'
  where id = p_message_id and status = 'queued' and sender_type = 'agent' and sender_id = private.caller_id();
  return found;
end
$$;
comment on function api.cancel_message is
  'Withdraws a message of the caller that nobody has claimed for sending; false if it is past recall.';

revoke execute on function
  private.refuse_to_send, private.check_sending, private.payload_to_send, private.add_media, api.send_message, api.add_note,
  api.cancel_message
  from public;
grant execute on function
  private.refuse_to_send, private.check_sending, private.payload_to_send, private.add_media, api.send_message, api.add_note,
  api.cancel_message
  to authenticated;
