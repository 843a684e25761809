-- What the provider says about our messages. Runs in the tenant path that its caller has set.

create function engine.status_rank(p_status text) returns integer
language sql immutable parallel safe
as $$
  select array_position(
    array['queued', 'sending', 'unknown', 'sent', 'failed', 'delivered', 'read', 'played', 'cancelled'], p_status
  )
$$;
comment on function engine.status_rank is
  'How far a message has come. A status replaces only lower ones, so every order of arrival ends the same: failed does not undo a delivery, and a delivery proves that a failure was not the end.';

create function engine.match_statuses(p_config_id uuid, p_statuses jsonb) returns jsonb
language plpgsql stable
as $$
begin
  -- Our own id comes back in the callback data, also before the provider's id was stored.
  return (
    select jsonb_agg(s.status || jsonb_build_object('message_id', coalesce(
      (
        select m.id from messages m
        where m.id = (s.status ->> 'callbackData')::uuid and m.config_id = p_config_id and m.direction = 'outbound'
      ),
      (
        select m.id from messages m
        where m.config_id = p_config_id and m.external_id = s.status ->> 'externalId' and m.direction = 'outbound'
      )
    )))
    from jsonb_array_elements(p_statuses) as s (status)
  );
end
$$;
comment on function engine.match_statuses is 'Each status with the message_id that it speaks of, or null.';

create function engine.move_messages(
  p_tenant anyelement, p_config_id uuid, p_statuses jsonb,
  out is_known boolean, out applied integer, out next_due_at timestamptz, out failures jsonb
)
language plpgsql
set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  -- Before anything is locked: whoever has to wait for the locks of unknown ids may hold no message.
  is_known := not exists (
    select from jsonb_to_recordset(p_statuses) as r (message_id uuid, "callbackData" uuid)
    where r.message_id is null and (
      select m.id from messages m
      where m.id = r."callbackData" and m.config_id is not distinct from p_config_id and m.direction = 'outbound'
    ) is null
  );
  if not is_known then
    return;
  end if;

  with latest as materialized (
    select distinct on (k.id) k.id, k."externalId" as external_id, k.status, k.error, k.refusal,
      first_value(k.pricing) over (partition by k.id order by (k.pricing is null), k.timestamp) as pricing
    from (
      select coalesce(r.message_id, r."callbackData") as id, r.*
      from jsonb_to_recordset(p_statuses) as r (
        message_id uuid, "callbackData" uuid, "externalId" text, status text, timestamp timestamptz, error jsonb,
        refusal jsonb, pricing jsonb
      )
    ) k
    order by k.id, engine.status_rank(k.status) desc
  ), before as materialized (
    select m.id, m.session_id, m.status as had, engine.status_rank(l.status) > engine.status_rank(m.status) as is_news,
      l.external_id, l.status, l.error, l.refusal, l.pricing
    from latest l
    -- One by one by their keys, in their order, also in a plan that was made while the table was small.
    cross join lateral (
      select o.id, o.session_id, o.status from messages o
      where o.id = l.id and o.config_id is not distinct from p_config_id and o.direction = 'outbound'
      for update
    ) m
  ), applied as (
    update messages m
    set status = case when b.is_news then b.status else m.status end,
      external_id = coalesce(m.external_id, b.external_id),
      error = case when b.is_news then b.error else m.error end,
      payload = case
        when b.pricing is null or m.payload ? 'pricing' then m.payload
        else m.payload || jsonb_build_object('pricing', b.pricing)
      end
    from before b
    where m.id = b.id and (b.is_news or m.external_id is null or (b.pricing is not null and not m.payload ? 'pricing'))
    returning m.id, b.is_news, m.status, m.session_id, m.error, b.refusal
  ), due as (
    -- Its sender was waiting for an answer that never came: this is the answer, and the next message may go.
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
    select distinct tenant_id(), current_schema()::text, b.session_id, 'delivery', now()
    from before b where b.is_news and b.had in ('sending', 'unknown')
    order by 3
    on conflict (tenant_id, session_id, work) do update set due_at = least(private.due_work.due_at, excluded.due_at)
    returning due_at
  )
  select (select count(*) from applied a where a.is_news), (select min(d.due_at) from due d), (
    select jsonb_agg(coalesce(a.refusal, '{}') || jsonb_build_object(
      'message_id', a.id, 'session_id', a.session_id, 'config_id', p_config_id, 'code', a.error -> 'code',
      'hold_ms', a.refusal -> 'holdMs'
    ))
    from applied a where a.is_news and a.status = 'failed'
  ) into applied, next_due_at, failures;
end
$$;
comment on function engine.move_messages is
  'Moves the messages that statuses speak of by message_id or callbackData forward, and makes the next delivery due where one was in flight; without a message_id all or none, as is_known tells. Returns also how many were news, when something is due, and what failed.';

create function engine.receive_statuses(p_config_id uuid, p_statuses jsonb) returns jsonb
language plpgsql
as $$
declare
  v_matched jsonb;
  v_unknown jsonb;
  v_known jsonb;
  v_early integer := 0;
  v_moved record;
begin
  -- As nearly always: each brings our own id back, and none has failed.
  if not p_statuses @? '$[*] ? (@.status == "failed" || !exists(@.callbackData))' then
    v_moved := engine.move_messages(null::sessions, p_config_id, p_statuses);
    if v_moved.is_known then
      return jsonb_build_object('applied', v_moved.applied, 'early', 0, 'next_due_at', v_moved.next_due_at);
    end if;
  end if;

  if not exists (select from public.client_configs c where c.id = p_config_id and c.client_id = tenant_id()) then
    raise exception 'Cannot receive for channel "%": it is not of this tenant', p_config_id using errcode = 'P0002';
  end if;
  v_matched := engine.match_statuses(p_config_id, p_statuses);
  v_unknown := jsonb_path_query_array(v_matched, '$[*] ? (@.message_id == null)');
  if v_unknown <> '[]' then
    -- Whoever stores the id of a sent message holds this lock until commit; looking again after it misses nothing.
    perform engine.lock_external_ids(p_config_id, array(
      select u ->> 'externalId' from jsonb_array_elements(v_unknown) u
    ));
    v_matched := engine.match_statuses(p_config_id, p_statuses);
    delete from early_statuses where received_at < now() - interval '24 hours';
    insert into early_statuses (config_id, external_id, status, body)
    select p_config_id, u ->> 'externalId', u ->> 'status', u - 'message_id'
    from jsonb_path_query(v_matched, '$[*] ? (@.message_id == null)') u
    on conflict (config_id, external_id, status) do nothing;
    get diagnostics v_early = row_count;
  end if;

  v_known := jsonb_path_query_array(v_matched, '$[*] ? (@.message_id != null)');
  if v_known @? '$[*] ? (@.status == "failed")' then
    -- A failure changes conversations, whose locks come first.
    perform from sessions s
    where s.id in (
      select m.session_id from jsonb_to_recordset(v_known) as k (message_id uuid, status text)
      join messages m on m.id = k.message_id where k.status = 'failed'
    )
    order by s.id for no key update;
  end if;
  v_moved := engine.move_messages(null::sessions, p_config_id, v_known);
  if v_moved.failures is not null then
    insert into events (session_id, actor_type, name, body)
    select f.session_id, 'system', 'message_failed', jsonb_build_object('message_id', f.message_id, 'code', f.code)
    from jsonb_to_recordset(v_moved.failures) as f (session_id uuid, message_id uuid, code jsonb);
    v_moved.next_due_at := least(v_moved.next_due_at, engine.follow_late_failures(v_moved.failures));
  end if;
  return jsonb_build_object('applied', v_moved.applied, 'early', v_early, 'next_due_at', v_moved.next_due_at);
end
$$;
comment on function engine.receive_statuses is
  'Moves our messages forward, never back, keeps what is not known yet for 24 hours, makes the next delivery due where one was in flight, and has what follows from a failure follow. Returns applied, early, next_due_at.';

create function engine.lock_external_ids(p_config_id uuid, p_external_ids text[]) returns void
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(hashtext(p_config_id::text), sorted.bucket)
  from (select distinct hashtext(id) & 1023 as bucket from unnest(p_external_ids) id order by 1) sorted;
end
$$;
comment on function engine.lock_external_ids is
  'Keeps a status and the settling of its message apart until commit. Sorted, and at most 1,024 locks.';

create function engine.apply_early_statuses(p_config_id uuid, p_external_id text) returns jsonb
language plpgsql
as $$
declare
  v_statuses jsonb;
begin
  perform engine.lock_external_ids(p_config_id, array[p_external_id]);
  with kept as (
    delete from early_statuses e where e.config_id = p_config_id and e.external_id = p_external_id returning e.body
  )
  select jsonb_agg(k.body) into v_statuses from kept k;
  if v_statuses is null then
    return null;
  end if;
  return engine.receive_statuses(p_config_id, v_statuses);
end
$$;
comment on function engine.apply_early_statuses is
  'Applies what came for a provider''s id before that id was stored; called after storing it, in the same transaction.';

revoke execute on function
  engine.status_rank, engine.match_statuses, engine.move_messages, engine.receive_statuses, engine.lock_external_ids,
  engine.apply_early_statuses
  from public;
grant execute on function
  engine.status_rank, engine.match_statuses, engine.move_messages, engine.receive_statuses, engine.lock_external_ids,
  engine.apply_early_statuses
  to engine_worker;
