-- What few deliveries need: new contacts and conversations, several messages at once, files, quotes. Runs in the tenant
-- path that its caller has set, planned when called.

create function engine.find_open_sessions(p_channel_type text, p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
as $$
begin
  return array(
    select (
      -- Open is what has no end. Put so that no plan, made while the table was small, goes through all open ones.
      select s.id from sessions s
      where s.contact_id = k.contact_id and s.config_id is not distinct from p_config_id and s.resolved_at is null
    )
    from (
      select n.place, case when bool_and(n.contact_id is not null) and count(distinct n.contact_id) = 1
        then (array_agg(n.contact_id))[1] end as contact_id
      from (
        select e.place, (
          select c.contact_id from contact_identities c
          where c.channel_type = p_channel_type and c.kind = i.identity ->> 'kind'
            and c.external_id = i.identity ->> 'externalId'
        ) as contact_id
        from jsonb_array_elements(p_messages) with ordinality as e (message, place)
        cross join lateral jsonb_array_elements(e.message -> 'identities') as i (identity)
      ) n
      group by n.place
    ) k
    order by k.place
  );
end
$$;
comment on function engine.find_open_sessions is
  'The open conversation of each message''s sender, in their order; null where there is none, or where its identities are not all those of one contact.';

create function engine.find_sessions(
  p_channel_type text, p_config_id uuid, p_messages jsonb, p_reopen_minutes integer
) returns jsonb
language plpgsql
as $$
declare
  v_said record;
  v_place bigint;
  v_contact_id uuid;
  v_session_id uuid;
  v_session_ids uuid[];
  v_opened uuid[] := engine.welcome_strangers(null::sessions, p_config_id, p_messages);
  v_has_new boolean := v_opened <> '{}';
  v_has_known boolean := false;
  v_locked uuid[];
  v_held uuid[];
  v_welcome uuid[];
begin
  -- Again, if a person resolved a session between finding and locking it, or a later message showed that the contact of
  -- an earlier one is another's.
  loop
    v_session_ids := engine.find_open_sessions(p_channel_type, p_config_id, p_messages);
    v_has_known := v_has_known or not array_remove(v_session_ids, null) <@ v_opened;
    for v_said in
      select e.message -> 'identities' as identities, (array_agg(e.message -> 'profile' order by e.place))[1] as profile,
        array_agg(e.place) as places
      from jsonb_array_elements(p_messages) with ordinality as e (message, place)
      where v_session_ids[e.place] is null
      group by e.message -> 'identities'
      -- A message that is there already opens nothing.
      having not bool_and((
        select m.id from messages m where m.config_id = p_config_id and m.external_id = e.message ->> 'externalId'
      ) is not null)
      order by min(e.place)
    loop
      v_contact_id := engine.find_contact(p_channel_type, v_said.identities, v_said.profile);
      v_session_id := engine.open_session(v_contact_id, p_config_id, p_reopen_minutes);
      v_has_new := true;
      foreach v_place in array v_said.places loop
        v_session_ids[v_place] := v_session_id;
      end loop;
    end loop;

    select array_agg(l.id), array_agg(l.id) filter (where l.holder = 'bot'), array_agg(l.id) filter (where l.is_welcome)
      into v_locked, v_held, v_welcome
    from (
      select s.id, s.holder, c.opted_out_at is null and c.blocked_at is null as is_welcome
      from sessions s join contacts c on c.id = s.contact_id
      where s.id = any (v_session_ids) and s.status = 'open'
      order by s.id for no key update of s
    ) l;
    exit when array_remove(v_session_ids, null) <@ coalesce(v_locked, '{}');
  end loop;
  return jsonb_build_object(
    'ids', to_jsonb(v_session_ids), 'held', to_jsonb(coalesce(v_held, '{}')),
    'welcome', to_jsonb(coalesce(v_welcome, '{}')), 'has_new', v_has_new, 'has_known', v_has_known
  );
end
$$;
comment on function engine.find_sessions is
  'Finds or opens the conversation of each message and locks them: ids in the order of the messages, null for a message that is there already and has none open; of those, which the bot holds and whose contact may be answered; whether one is new, whether one was there.';

create function engine.add_remote_media(
  p_config_id uuid, p_media jsonb, p_kind text, p_within interval default '0'
) returns uuid
language plpgsql
as $$
declare
  v_media_id uuid;
begin
  insert into media (external_id, mime_type, sha256, file_name)
  values (p_media ->> 'externalId', p_media ->> 'mimeType', p_media ->> 'sha256', p_media ->> 'fileName')
  returning id into v_media_id;
  -- Tried until the provider does not keep it any more: growing pauses of an hour at most, for 7 days.
  insert into private.jobs (tenant_id, name, payload, dedupe_key, max_attempts, due_at)
  values (tenant_id(), 'fetch_media', jsonb_build_object(
    'mediaId', v_media_id, 'configId', p_config_id, 'kind', p_kind
  ), 'fetch_media:' || v_media_id, 200, now() + random() * p_within);
  return v_media_id;
end
$$;
comment on function engine.add_remote_media is
  'A file that is still with the provider, and a job that fetches it: at once, or at a moment within p_within, so that a crowd of old files lets new ones pass.';

create function engine.keep_remote_media(p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
as $$
declare
  v_message jsonb;
  v_media_id uuid;
  v_media_ids uuid[];
begin
  for v_message in select e.message from jsonb_array_elements(p_messages) as e (message) loop
    v_media_id := null;
    if v_message ? 'media' and not exists (
      select from messages m where m.config_id = p_config_id and m.external_id = v_message ->> 'externalId'
    ) then
      v_media_id := engine.add_remote_media(p_config_id, v_message -> 'media', v_message ->> 'type');
    end if;
    v_media_ids := v_media_ids || v_media_id;
  end loop;
  return v_media_ids;
end
$$;
comment on function engine.keep_remote_media is
  'A media row, and a job that fetches the file, for each message that brings one and is not there yet; in the order of the messages.';

create function engine.find_quoted(p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
as $$
begin
  return array(
    select (
      select m.id from messages m where m.config_id = p_config_id and m.external_id = e.message ->> 'replyTo'
    )
    from jsonb_array_elements(p_messages) with ordinality as e (message, place)
    order by e.place
  );
end
$$;
comment on function engine.find_quoted is 'The message that each message answers, in their order, where it is known.';

create function engine.has_machine() returns boolean
language plpgsql stable
as $$
begin
  return exists (
    select from state_machines m join state_machine_versions v on v.state_machine_id = m.id
    where m.is_active and v.published_at is not null
  );
end
$$;
comment on function engine.has_machine is 'Whether there is a published machine that a new conversation can follow.';

revoke execute on function
  engine.find_open_sessions, engine.find_sessions, engine.add_remote_media, engine.keep_remote_media, engine.find_quoted, engine.has_machine
  from public;
grant execute on function
  engine.find_open_sessions, engine.find_sessions, engine.add_remote_media, engine.keep_remote_media, engine.find_quoted, engine.has_machine
  to engine_worker;
