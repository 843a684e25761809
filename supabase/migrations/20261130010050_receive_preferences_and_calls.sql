-- What people want to get, and that they called. Run in the tenant path that their caller has set.

create function engine.receive_preferences(p_config_id uuid, p_events jsonb) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_event jsonb;
  v_contact_id uuid;
  v_ids bigint[];
  v_stored integer := 0;
begin
  perform engine.lock_identities(p_events);
  for v_event in select e.event from jsonb_array_elements(p_events) as e (event) order by e.event ->> 'timestamp' loop
    -- Whoever wants nothing is known from then on, also before the first message to them.
    v_contact_id := engine.find_contact(v_channel.channel_type, v_event -> 'identities', '{}');
    v_ids := engine.keep_channel_events(p_config_id, jsonb_build_array(v_event));
    continue when v_ids = '{}';
    v_stored := v_stored + 1;
    -- Each person has one answer to marketing, whichever came last at the provider.
    continue when v_event #>> '{body,category}' <> 'marketing_messages' or exists (
      select from channel_events e
      where e.contact_id = v_contact_id and e.kind = 'preference' and e.body ->> 'category' = v_event #>> '{body,category}'
        and e.occurred_at > (v_event ->> 'timestamp')::timestamptz
    );
    update contacts c
    set opted_out_at = case when v_event #>> '{body,value}' = 'stop'
        then coalesce(c.opted_out_at, (v_event ->> 'timestamp')::timestamptz) end,
      updated_at = now()
    where c.id = v_contact_id and (c.opted_out_at is null) = (v_event #>> '{body,value}' = 'stop');
    if found then
      insert into events (contact_id, actor_type, name, body) values (
        v_contact_id, 'contact',
        case v_event #>> '{body,value}' when 'stop' then 'contact_opted_out' else 'contact_opted_in' end,
        jsonb_build_object('category', v_event #>> '{body,category}')
      );
    end if;
  end loop;
  return jsonb_build_object('stored', v_stored);
end
$$;
comment on function engine.receive_preferences is
  'Who stops marketing opts out, and nothing leaves to them; who resumes it opts in again. The newest word of a person counts, in whatever order they come. Returns stored.';

create function engine.receive_calls(p_config_id uuid, p_events jsonb) returns jsonb
language plpgsql
as $$
declare
  v_ids bigint[];
  v_call record;
begin
  v_ids := engine.keep_channel_events(p_config_id, p_events);
  for v_call in
    select s.id as session_id, e.contact_id, e.body, e.occurred_at
    from channel_events e
    join sessions s on s.contact_id = e.contact_id and s.config_id = p_config_id and s.status = 'open'
    where e.id = any (v_ids)
    order by s.id, e.occurred_at
    for no key update of s
  loop
    insert into events (session_id, contact_id, actor_type, name, body)
    values (v_call.session_id, v_call.contact_id, 'contact', 'call_reported', v_call.body - 'body');
    -- A call of the customer opens the reply window as a message does.
    update sessions s
    set window_expires_at = greatest(s.window_expires_at, least(v_call.occurred_at, now()) + interval '24 hours'),
      updated_at = now()
    where s.id = v_call.session_id and v_call.body ->> 'direction' = 'inbound' and v_call.body ->> 'event' = 'connect';
  end loop;
  return jsonb_build_object('stored', cardinality(v_ids));
end
$$;
comment on function engine.receive_calls is
  'Keeps calls, shows them in the timeline of the open conversation, and opens its reply window when the customer called. Returns stored.';

revoke execute on function engine.receive_preferences, engine.receive_calls from public;
grant execute on function engine.receive_preferences, engine.receive_calls to engine_worker;
