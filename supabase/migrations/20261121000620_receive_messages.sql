-- Ingest. Runs in the tenant path that its caller has set.
--
-- Locks: identities (sorted), sessions (by id), due work (by session). A second delivery of the same message waits at
-- its sender's identities and then finds the row: nothing at all follows from it.
--
-- Plans: one connection serves many tenants, and each change of the path would have every statement planned anew, which
-- takes as long as running it. Postgres keeps the plans of a polymorphic function apart by the types it is called with;
-- so engine.store_messages takes a null of a type that only this tenant has, and is planned once for each tenant and
-- connection. What is rare has functions of its own, planned when called.
-- A plan that is kept while its tables grow from nothing has to be the one for large tables: every row by its key, hence
-- the settings of engine.store_messages.

create function engine.store_messages(
  p_tenant anyelement, p_config_id uuid, p_messages jsonb, p_reopen_minutes integer
) returns jsonb
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  v_message jsonb := p_messages -> 0;
  v_first jsonb := v_message -> 'identities' -> 0;
  v_last jsonb := v_message -> 'identities' -> -1;
  v_tenant_key integer := hashtext(tenant_id()::text);
  v_first_bucket integer;
  v_last_bucket integer;
  v_media_ids uuid[];
  v_quoted_ids uuid[];
  v_written_at timestamptz := v_message ->> 'timestamp';
  v_session_id uuid;
  v_message_id uuid;
  v_seq bigint;
  v_due_at timestamptz;
  v_is_welcomed boolean := false;
  v_renamed text;
  v_ignored text;
begin
  if jsonb_array_length(p_messages) = 1 and jsonb_array_length(v_message -> 'identities') in (1, 2) then
    v_first_bucket := engine.bucket_of(v_first);
    v_last_bucket := engine.bucket_of(v_last);
    if pg_advisory_xact_lock(v_tenant_key, least(v_first_bucket, v_last_bucket)) is null then null; end if;
    if pg_advisory_xact_lock(v_tenant_key, greatest(v_first_bucket, v_last_bucket)) is null then null; end if;
  else
    v_ignored := engine.lock_identities(p_messages);
    v_message := null;
  end if;
  if jsonb_path_exists(p_messages, '$[*].media') then
    v_media_ids := engine.keep_remote_media(p_config_id, p_messages);
  end if;
  if jsonb_path_exists(p_messages, '$[*].replyTo') then
    v_quoted_ids := engine.find_quoted(p_config_id, p_messages);
  end if;
  if v_message is null then
    return engine.store_any_messages(
      p_tenant, p_config_id, p_messages, v_media_ids, v_quoted_ids, p_reopen_minutes
    );
  end if;

  -- As nearly always: one contact has these identities, and a conversation is open; or nothing is known of them, and it is
  -- opened first. All that follows from the message is one statement, and what it writes is announced below; its triggers
  -- would cost as much again.
  loop
    v_ignored := set_config('engine.announces', 'itself', true);
    with known as materialized (
      select s.id, s.holder = 'bot' as is_held, c.opted_out_at is null and c.blocked_at is null as is_welcome,
        -- A tap is a finished answer: nothing more is waited for.
        case when (v_message -> 'isTap')::boolean then interval '0' else g.debounce_ms * interval '1 millisecond' end
          as debounce,
        g.debounce_max_ms * interval '1 millisecond' as debounce_max,
        case when f.profile - 'saved_name' <> v_message -> 'profile' and v_message -> 'profile' <> '{}'
          then g.channel_type end as renamed
      from public.client_configs g
      join public.tenants t on t.id = g.client_id
      join contact_identities f on f.channel_type = g.channel_type and f.kind = v_first ->> 'kind'
        and f.external_id = v_first ->> 'externalId'
      join contact_identities l on l.channel_type = g.channel_type and l.kind = v_last ->> 'kind'
        and l.external_id = v_last ->> 'externalId' and l.contact_id = f.contact_id
      -- Open is what has no end. Put so that a plan that was made while the table was small does not go through all open ones.
      join sessions s on s.contact_id = f.contact_id and s.config_id is not distinct from g.id and s.resolved_at is null
      join contacts c on c.id = f.contact_id
      -- Read here and not by whoever routed the message, which may remember what was true some seconds ago.
      where g.id = p_config_id and g.is_enabled and t.status = 'active'
      for no key update of s
    ), stored as (
      insert into messages (session_id, config_id, direction, sender_type, type, content, payload, media_id, reply_to,
        status, external_id, external_timestamp)
      select k.id, p_config_id, 'inbound', 'contact', v_message ->> 'type', v_message ->> 'content',
        v_message -> 'payload', v_media_ids[1], v_quoted_ids[1], 'received', v_message ->> 'externalId',
        least(v_written_at, now())
      from known k
      on conflict (config_id, external_id) do nothing
      returning id, seq
    ), raised as (
      update sessions s
      set fence = s.fence + 1,
        message_count = s.message_count + 1,
        unread_count = s.unread_count + 1,
        last_message_at = now(),
        last_message_preview = coalesce(nullif(left(v_message ->> 'content', 160), ''), '[' || (v_message ->> 'type') || ']'),
        last_message_from = 'contact',
        last_inbound_external_id = v_message ->> 'externalId',
        window_expires_at = case when v_message ->> 'type' in ('reaction', 'system') then s.window_expires_at
          else greatest(s.window_expires_at, least(v_written_at, now()) + interval '24 hours') end,
        updated_at = now()
      from known k cross join stored m
      where s.id = k.id
    ), waiting as (
      insert into pending_messages (message_id, session_id)
      select m.id, k.id from known k cross join stored m
      where k.is_welcome and (v_message -> 'needsAnswer')::boolean and v_written_at > now() - interval '24 hours'
      returning session_id
    ), planned as (
      insert into private.due_work as d (tenant_id, schema_name, session_id, work, due_at, first_due_at)
      select tenant_id(), current_schema(), w.session_id, 'turn', now() + k.debounce, now()
      from known k cross join waiting w
      where k.is_held
      on conflict (tenant_id, session_id, work) do update
      set first_due_at = coalesce(d.first_due_at, excluded.first_due_at),
        due_at = least(excluded.due_at, coalesce(d.first_due_at, excluded.first_due_at)
          + (select k.debounce_max from known k))
      returning d.due_at
    )
    select k.id, (select m.id from stored m), (select m.seq from stored m), (select p.due_at from planned p), k.renamed
      into v_session_id, v_message_id, v_seq, v_due_at, v_renamed
    from known k;
    v_ignored := set_config('engine.announces', '', true);

    exit when v_session_id is not null or v_is_welcomed or not engine.has_machine();
    v_is_welcomed := engine.welcome_strangers(p_tenant, p_config_id, p_messages) <> '{}';
    exit when not v_is_welcomed;
  end loop;

  if v_session_id is null then
    return engine.store_any_messages(
      p_tenant, p_config_id, p_messages, v_media_ids, v_quoted_ids, p_reopen_minutes
    );
  end if;
  if v_message_id is not null then
    v_ignored := private.announce_inbound_message(v_session_id, v_message_id, v_seq);
    if v_renamed is not null then
      v_ignored := engine.keep_profiles(v_renamed, p_messages);
    end if;
  end if;
  return jsonb_build_object(
    'stored', (v_message_id is not null)::integer, 'duplicates', (v_message_id is null)::integer, 'next_due_at', v_due_at
  );
end
$$;
comment on function engine.store_messages is 'What engine.receive_messages does, planned for each tenant by itself.';

create function engine.receive_messages(p_config_id uuid, p_messages jsonb, p_reopen_minutes integer default 60)
returns jsonb
language plpgsql
as $$
begin
  return engine.store_messages(null::sessions, p_config_id, p_messages, p_reopen_minutes);
end
$$;
comment on function engine.receive_messages is
  'Stores the messages that are new, in order, and plans one turn per conversation that the bot holds. Returns stored, duplicates, next_due_at. P0002 if the channel is not of this tenant. Where nothing can answer (suspended, disabled, no published machine) people are called.';

revoke execute on function engine.store_messages, engine.receive_messages from public;
grant execute on function engine.store_messages, engine.receive_messages to engine_worker;
