-- Keeping what is no message, and whose it is. Run in the tenant path that their caller has set.

create function engine.known_person(p_channel_type text, p_identities jsonb) returns uuid
language plpgsql stable
as $$
begin
  return (
    select i.contact_id
    from jsonb_array_elements(p_identities) with ordinality as n (identity, place)
    join contact_identities i
      on i.channel_type = p_channel_type and i.kind = n.identity ->> 'kind'
      and i.external_id = n.identity ->> 'externalId'
    order by n.place limit 1
  );
end
$$;
comment on function engine.known_person is 'The contact who has the strongest of these identities that anybody has, or null.';

create function engine.keep_channel_events(p_config_id uuid, p_events jsonb) returns bigint[]
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_ids bigint[];
begin
  with kept as (
    insert into channel_events (config_id, kind, external_id, contact_id, message_external_id, body, occurred_at)
    select p_config_id, e.kind,
      -- What has neither id nor time is told apart by the hour: a repeated delivery of the same words is one event.
      coalesce(e."externalId", encode(sha256(convert_to(
        coalesce(e.timestamp, date_trunc('hour', now()))::text || e.body::text, 'utf8'
      )), 'hex')),
      case when e.identities is not null then engine.known_person(v_channel.channel_type, e.identities) end,
      e."messageExternalId", coalesce(e.body, '{}'), coalesce(e.timestamp, now())
    from rows from (jsonb_to_recordset(p_events) as (
      kind text, "externalId" text, identities jsonb, "messageExternalId" text, body jsonb, timestamp timestamptz
    )) with ordinality as e (kind, "externalId", identities, "messageExternalId", body, timestamp, place)
    order by e.place
    on conflict do nothing
    returning id
  )
  select coalesce(array_agg(k.id order by k.id), '{}') into v_ids from kept k;
  return v_ids;
end
$$;
comment on function engine.keep_channel_events is
  'Keeps events of a number that are new and returns their ids in order; one without an id of the provider''s gets one made of its time and body. P0002 if the number is not of this tenant.';

create function engine.receive_notices(p_config_id uuid, p_events jsonb) returns jsonb
language plpgsql
as $$
begin
  return jsonb_build_object('stored', cardinality(engine.keep_channel_events(p_config_id, p_events)));
end
$$;
comment on function engine.receive_notices is
  'Keeps what has no effect: words said in groups, copies of what another app handles, problems of the provider''s own. Returns stored.';

revoke execute on function engine.known_person, engine.keep_channel_events, engine.receive_notices from public;
grant execute on function engine.known_person, engine.keep_channel_events, engine.receive_notices to engine_worker;
