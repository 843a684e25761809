-- Who wrote. Runs in the tenant path that its caller has set; the caller holds the locks of all identities.

create function engine.find_contact(p_channel_type text, p_identities jsonb, p_profile jsonb) returns uuid
language plpgsql
as $$
declare
  v_contact_ids uuid[];
  v_contact_id uuid;
begin
  -- A user id belongs to one person for ever, a phone does not: one that is known with another user id than this
  -- message's has a new owner, and goes to that person without the conversations of the last.
  delete from contact_identities i
  using jsonb_to_recordset(p_identities) as n (kind text, "externalId" text)
  where n.kind = 'phone' and i.channel_type = p_channel_type and i.kind = n.kind and i.external_id = n."externalId"
    and jsonb_path_exists(p_identities, '$[*] ? (@.kind == "bsuid")')
    and exists (select from contact_identities b where b.contact_id = i.contact_id and b.kind = 'bsuid')
    and not exists (
      select from contact_identities b
      join jsonb_to_recordset(p_identities) as u (kind text, "externalId" text)
        on b.kind = u.kind and b.external_id = u."externalId" and b.channel_type = p_channel_type
      where b.contact_id = i.contact_id and b.kind = 'bsuid'
    );

  select array_agg(c.id order by c.created_at, c.id) into v_contact_ids
  from contacts c
  where c.id in (
    select i.contact_id
    from jsonb_to_recordset(p_identities) as n (kind text, "externalId" text)
    join contact_identities i on i.channel_type = p_channel_type and i.kind = n.kind and i.external_id = n."externalId"
  );

  v_contact_id := v_contact_ids[1];
  if v_contact_id is null then
    insert into contacts (name) values (p_profile ->> 'name') returning id into v_contact_id;
  end if;
  for v_index in 2 .. coalesce(cardinality(v_contact_ids), 0) loop
    perform engine.merge_contacts(v_contact_id, v_contact_ids[v_index]);
  end loop;

  insert into contact_identities (contact_id, channel_type, kind, external_id, profile)
  select v_contact_id, p_channel_type, n.kind, n."externalId", p_profile
  from jsonb_to_recordset(p_identities) as n (kind text, "externalId" text)
  on conflict (channel_type, kind, external_id) do nothing;
  return v_contact_id;
end
$$;
comment on function engine.find_contact is
  'The contact who has these identities: the oldest of those known, made one; or a new one.';

create function engine.lock_identities(p_channel_type text, p_messages jsonb) returns void
language plpgsql
as $$
begin
  -- 1,024 locks stand for all identities of a tenant, so that no delivery fills the server's table of locks.
  perform pg_advisory_xact_lock(hashtext(tenant_id()::text), sorted.bucket)
  from (
    select distinct hashtext(concat_ws(' ', p_channel_type, i ->> 'kind', i ->> 'externalId')) & 1023 as bucket
    from jsonb_path_query(p_messages, '$[*].identities[*]') i
    order by 1
  ) sorted;
end
$$;
comment on function engine.lock_identities is
  'Until commit nobody else finds or makes contacts with the identities of these messages. Sorted, so that nobody waits in a circle.';

create function engine.find_contacts(p_channel_type text, p_messages jsonb) returns uuid[]
language plpgsql
as $$
declare
  v_contact_ids uuid[];
  v_unsettled integer[];
  v_message jsonb;
begin
  for v_round in 1 .. 2 loop
    select array_agg(p.contact_id order by p.place), array_agg(p.place order by p.place) filter (where not p.is_settled)
      into v_contact_ids, v_unsettled
    from (
      select m.place,
        -- Identities come strongest first.
        (array_agg(i.contact_id order by n.place) filter (where i.contact_id is not null))[1] as contact_id,
        count(distinct i.contact_id) = 1 and bool_and(i.contact_id is not null) as is_settled
      from jsonb_array_elements(p_messages) with ordinality as m (message, place)
      cross join lateral jsonb_array_elements(m.message -> 'identities') with ordinality as n (identity, place)
      left join contact_identities i on i.channel_type = p_channel_type
        and i.kind = n.identity ->> 'kind' and i.external_id = n.identity ->> 'externalId'
      group by m.place
    ) p;
    exit when v_unsettled is null or v_round = 2;
    foreach v_message in array (
      select array_agg(p_messages -> (u.place - 1) order by u.place) from unnest(v_unsettled) as u (place)
    ) loop
      perform engine.find_contact(p_channel_type, v_message -> 'identities', v_message -> 'profile');
    end loop;
  end loop;
  return v_contact_ids;
end
$$;
comment on function engine.find_contacts is
  'The contact of each message, in their order. The second look sees what the first made and merged.';

revoke execute on function engine.find_contact, engine.lock_identities, engine.find_contacts from public;
grant execute on function engine.find_contact, engine.lock_identities, engine.find_contacts to engine_worker;
