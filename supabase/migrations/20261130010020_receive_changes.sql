-- Edits, revokes and reactions: they change a message that is there, and start no turn. Run in the tenant path that their
-- caller has set.
--
-- What a message said before stays in its payload for people: `edits` lists former versions, `before` what was taken
-- back. `reactions` is always made anew from the events, so every order of arrival ends the same.
-- Locks: the sessions of the messages, by id, before any message.

create function engine.show_reactions(p_config_id uuid, p_message_id uuid, p_external_id text) returns void
language plpgsql
as $$
begin
  update messages m
  set payload = case when r.shown is null then m.payload - 'reactions'
    else m.payload || jsonb_build_object('reactions', r.shown) end
  from (
    select jsonb_agg(jsonb_build_object('by', l.by, 'emoji', l.emoji, 'at', l.occurred_at) order by l.by) as shown
    from (
      select distinct on (e.body ->> 'by') e.body ->> 'by' as by, e.body ->> 'emoji' as emoji, e.occurred_at
      from channel_events e
      where e.config_id = p_config_id and e.kind = 'reaction' and e.message_external_id = p_external_id
      order by e.body ->> 'by', e.occurred_at desc, e.id desc
    ) l
    where l.emoji is not null
  ) r
  where m.id = p_message_id;
end
$$;
comment on function engine.show_reactions is
  'Writes into a message the newest reaction of each side; one that was taken back is not shown.';

create function engine.edit_message(p_message_id uuid, p_edit jsonb, p_edited_at timestamptz) returns void
language plpgsql
as $$
declare
  v_message record;
  v_now jsonb;
  v_version jsonb;
  v_is_newest boolean;
  v_media_id uuid;
begin
  select m.type, m.content, m.payload, m.media_id, m.external_timestamp, m.created_at, m.config_id,
    d.external_id as media_external_id
    into v_message
  from messages m left join media d on d.id = m.media_id where m.id = p_message_id for update of m;
  if v_message.payload ? 'revoked_at' then
    return;
  end if;
  v_now := jsonb_build_object(
    'at', coalesce((v_message.payload ->> 'edited_at')::timestamptz, v_message.external_timestamp, v_message.created_at),
    'type', v_message.type, 'content', v_message.content,
    'payload', v_message.payload - '{edits, edited_at, reactions}'::text[]
  );
  v_version := jsonb_build_object('at', p_edited_at) || (p_edit - '{by, media}'::text[]);
  v_is_newest := p_edited_at >= (v_now ->> 'at')::timestamptz;
  v_media_id := v_message.media_id;
  if v_is_newest and p_edit ? 'media'
    and p_edit #>> '{media,externalId}' is distinct from v_message.media_external_id then
    v_media_id := engine.add_remote_media(v_message.config_id, p_edit -> 'media', p_edit ->> 'type');
  end if;
  update messages m
  set type = case when v_is_newest then p_edit ->> 'type' else m.type end,
    content = case when v_is_newest then p_edit ->> 'content' else m.content end,
    media_id = v_media_id,
    -- Where it came from stays, unless the edit tells it anew.
    payload = case when v_is_newest then
      jsonb_strip_nulls(jsonb_build_object('referral', m.payload -> 'referral', 'context', m.payload -> 'context'))
        || (p_edit -> 'payload')
        || jsonb_strip_nulls(jsonb_build_object('reactions', m.payload -> 'reactions', 'edited_at', p_edited_at))
      else m.payload end
      || jsonb_build_object('edits', (
        select jsonb_agg(v.version order by (v.version ->> 'at')::timestamptz)
        from jsonb_array_elements(
          coalesce(m.payload -> 'edits', '[]') || case when v_is_newest then v_now else v_version end
        ) as v (version)
      ))
  where m.id = p_message_id;
end
$$;
comment on function engine.edit_message is
  'Makes a message say what its newest edit says and keeps the former versions in payload.edits, oldest first. Nothing brings back what was taken back.';

create function engine.revoke_message(p_message_id uuid, p_revoked_at timestamptz) returns void
language plpgsql
as $$
begin
  update messages m
  set content = '',
    payload = jsonb_build_object(
      'revoked_at', p_revoked_at,
      'before', jsonb_build_object('type', m.type, 'content', m.content, 'payload', m.payload)
    )
  where m.id = p_message_id and not m.payload ? 'revoked_at';
  -- Nobody answers what was taken back.
  delete from pending_messages p where p.message_id = p_message_id;
end
$$;
comment on function engine.revoke_message is
  'Empties a message and keeps what it said in payload.before; it waits for no answer any more.';

create function engine.apply_changes(p_ids bigint[]) returns jsonb
language plpgsql
as $$
declare
  v_change record;
  v_is_pending boolean;
  v_waiting integer := 0;
begin
  perform from sessions s
  where s.id in (
    select m.session_id from channel_events e
    join messages m on m.config_id = e.config_id and m.external_id = e.message_external_id
    where e.id = any (p_ids)
  )
  order by s.id for no key update;

  for v_change in
    select e.id, e.config_id, e.kind, e.body, e.occurred_at, e.message_external_id, m.id as message_id, m.session_id,
      s.contact_id
    from channel_events e
    -- People react to anything, but change only what they wrote themselves.
    left join messages m on m.config_id = e.config_id and m.external_id = e.message_external_id
      and (e.kind = 'reaction' or m.direction = case e.body ->> 'by' when 'contact' then 'inbound' else 'outbound' end)
    left join sessions s on s.id = m.session_id
    where e.id = any (p_ids)
    order by e.occurred_at, e.id
  loop
    update channel_events e
    set is_waiting = v_change.message_id is null, contact_id = coalesce(v_change.contact_id, e.contact_id)
    where e.id = v_change.id;
    if v_change.message_id is null then
      v_waiting := v_waiting + 1;
      continue;
    end if;
    v_is_pending := exists (select from pending_messages p where p.message_id = v_change.message_id);
    case v_change.kind
      when 'reaction' then
        perform engine.show_reactions(v_change.config_id, v_change.message_id, v_change.message_external_id);
      when 'edit' then
        perform engine.edit_message(v_change.message_id, v_change.body, v_change.occurred_at);
      when 'revoke' then
        perform engine.revoke_message(v_change.message_id, v_change.occurred_at);
    end case;
    if v_change.kind <> 'reaction' then
      -- A draft that read the old words is written again; the list shows the new ones.
      update sessions s
      set fence = s.fence + v_is_pending::integer,
        last_message_preview = case
          when m.seq = (
            select max(n.seq) from messages n where n.session_id = s.id and n.direction <> 'internal'
          ) then coalesce(nullif(left(m.content, 160), ''), '[' || m.type || ']')
          else s.last_message_preview
        end,
        updated_at = now()
      from messages m where s.id = v_change.session_id and m.id = v_change.message_id;
    end if;
  end loop;
  if v_waiting > 0 then
    perform engine.plan_waiting_changes();
  end if;
  return jsonb_build_object('stored', cardinality(p_ids), 'waiting', v_waiting);
end
$$;
comment on function engine.apply_changes is
  'Applies edits, revokes and reactions to their messages, in the order in which they were made; what finds no message waits.';

create function engine.plan_waiting_changes() returns void
language plpgsql
as $$
declare
  v_due_at timestamptz;
begin
  -- As long again as the newest has waited: 30 s, 1 min, 2 min and so on.
  select now() + least(greatest(now() - max(e.created_at), interval '30 seconds'), interval '2 hours') into v_due_at
  from channel_events e where e.is_waiting;
  if v_due_at is not null then
    -- Without a target: naming one needs the right to read jobs, which workers lack.
    insert into private.jobs (tenant_id, name, dedupe_key, due_at)
    values (tenant_id(), 'apply_waiting_changes',
      format('apply_waiting_changes:%s:%s', tenant_id(), floor(extract(epoch from v_due_at) / 30)), v_due_at)
    on conflict do nothing;
  end if;
end
$$;
comment on function engine.plan_waiting_changes is 'Has what waits for its message looked at again.';

create function engine.apply_waiting_changes() returns jsonb
language plpgsql
as $$
begin
  delete from channel_events e where e.is_waiting and e.created_at < now() - interval '24 hours';
  return engine.apply_changes(array(select e.id from channel_events e where e.is_waiting order by e.id limit 1000));
end
$$;
comment on function engine.apply_waiting_changes is
  'Tries again what came before its message; after 24 hours there is none and the change is forgotten.';

create function engine.receive_changes(p_config_id uuid, p_changes jsonb) returns jsonb
language plpgsql
as $$
begin
  return engine.apply_changes(engine.keep_channel_events(p_config_id, p_changes));
end
$$;
comment on function engine.receive_changes is
  'Keeps edits, revokes and reactions that are new and applies them. Returns stored and waiting. P0002 if the number is not of this tenant.';

revoke execute on function
  engine.show_reactions, engine.edit_message, engine.revoke_message, engine.apply_changes, engine.plan_waiting_changes,
  engine.apply_waiting_changes, engine.receive_changes
  from public;
grant execute on function
  engine.show_reactions, engine.edit_message, engine.revoke_message, engine.apply_changes, engine.plan_waiting_changes,
  engine.apply_waiting_changes, engine.receive_changes
  to engine_worker;
