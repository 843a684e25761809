-- Who wrote. Runs in the tenant path that its caller has set; the caller holds the locks of all identities.
-- Every lookup is by key with plain parameters: its plan does not depend on how much there is.

create function engine.bucket_of(p_identity jsonb) returns integer
language sql immutable
as $$ select hashtext((p_identity ->> 'kind') || (p_identity ->> 'externalId')) & 1023 $$;
comment on function engine.bucket_of is
  'Which of 1,024 locks stands for an identity: so few that no delivery fills the server''s table of locks.';

create function engine.lock_identities(p_messages jsonb) returns void
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(hashtext(tenant_id()::text), sorted.bucket)
  from (
    select distinct engine.bucket_of(i) as bucket
    from jsonb_path_query(p_messages, '$[*].identities[*]') i
    order by 1
  ) sorted;
end
$$;
comment on function engine.lock_identities is
  'Until commit nobody else finds or makes contacts with the identities of these messages. Sorted, so that nobody waits in a circle.';

create function engine.known_contact(p_channel_type text, p_identities jsonb) returns uuid
language plpgsql
as $$
declare
  v_identity jsonb;
  v_contact_id uuid;
  v_known_id uuid;
begin
  for v_identity in select i.identity from jsonb_array_elements(p_identities) as i (identity) loop
    select i.contact_id into v_contact_id from contact_identities i
    where i.channel_type = p_channel_type and i.kind = v_identity ->> 'kind'
      and i.external_id = v_identity ->> 'externalId';
    if v_contact_id is null or v_contact_id <> v_known_id then
      return null;
    end if;
    v_known_id := v_contact_id;
  end loop;
  return v_known_id;
end
$$;
comment on function engine.known_contact is 'The contact who has all of these identities, or null.';

create function engine.release_phone(p_channel_type text, p_phone text, p_user_ids text[]) returns void
language plpgsql
as $$
begin
  delete from contact_identities i
  where i.channel_type = p_channel_type and i.kind = 'phone' and i.external_id = p_phone
    and exists (select from contact_identities b where b.contact_id = i.contact_id and b.kind = 'bsuid')
    and not exists (
      select from contact_identities b
      where b.contact_id = i.contact_id and b.kind = 'bsuid' and b.external_id = any (p_user_ids)
    );
end
$$;
comment on function engine.release_phone is
  'Takes a phone from a contact who is known by other user ids than these. A user id belongs to one person for ever, a phone does not: it goes to its new owner without the conversations of the last.';

create function engine.keep_profiles(p_channel_type text, p_messages jsonb) returns void
language plpgsql
as $$
begin
  with told as (
    select distinct on (1, 2) i.identity ->> 'kind' as kind, i.identity ->> 'externalId' as external_id,
      m.message -> 'profile' as profile
    from jsonb_array_elements(p_messages) with ordinality as m (message, place),
      jsonb_array_elements(m.message -> 'identities') as i (identity)
    where m.message -> 'profile' <> '{}'
    order by 1, 2, m.place desc
  ), changed as (
    select i.id, i.contact_id, i.profile as before, t.profile
    from told t join contact_identities i
      on i.channel_type = p_channel_type and i.kind = t.kind and i.external_id = t.external_id
    where i.profile - 'saved_name' <> t.profile
  ), free as (
    -- Who is being edited this moment is left to their next message: nobody waits here for a contact.
    select c.id, c.name from contacts c where c.id in (select h.contact_id from changed h)
    order by c.id for no key update skip locked
  ), renamed as (
    update contacts c set name = h.profile ->> 'name', updated_at = now()
    from free f join changed h on h.contact_id = f.id
    where c.id = f.id and h.profile ? 'name' and f.name is distinct from h.profile ->> 'name'
      -- The name in the owner's address book goes before it, and so does a correction made here.
      and not exists (select from contact_identities o where o.contact_id = c.id and o.profile ? 'saved_name')
      and coalesce(f.name, h.before ->> 'name') is not distinct from h.before ->> 'name'
  )
  update contact_identities i
  set profile = h.profile || jsonb_strip_nulls(jsonb_build_object('saved_name', h.before -> 'saved_name'))
  from changed h join free f on f.id = h.contact_id
  where i.id = h.id;
end
$$;
comment on function engine.keep_profiles is
  'Follows people who call themselves otherwise than in their last message: name and username. The caller holds the locks of their identities.';

create function engine.find_contact(p_channel_type text, p_identities jsonb, p_profile jsonb) returns uuid
language plpgsql
as $$
declare
  v_contact_id uuid := engine.known_contact(p_channel_type, p_identities);
  v_contact_ids uuid[] := '{}';
  v_user_ids text[];
  v_identity jsonb;
begin
  if v_contact_id is not null then
    if p_profile <> '{}' then
      perform engine.keep_profiles(p_channel_type, jsonb_build_array(jsonb_build_object(
        'identities', p_identities, 'profile', p_profile
      )));
    end if;
    return v_contact_id;
  end if;
  v_user_ids := array(
    select i.identity ->> 'externalId' from jsonb_array_elements(p_identities) as i (identity)
    where i.identity ->> 'kind' = 'bsuid'
  );
  for v_identity in select i.identity from jsonb_array_elements(p_identities) as i (identity) loop
    if v_identity ->> 'kind' = 'phone' and cardinality(v_user_ids) > 0 then
      perform engine.release_phone(p_channel_type, v_identity ->> 'externalId', v_user_ids);
    end if;
    v_contact_ids := v_contact_ids || (
      select i.contact_id from contact_identities i
      where i.channel_type = p_channel_type and i.kind = v_identity ->> 'kind'
        and i.external_id = v_identity ->> 'externalId'
    );
  end loop;

  select array_agg(c.id order by c.created_at, c.id) into v_contact_ids
  from contacts c where c.id = any (v_contact_ids);
  v_contact_id := v_contact_ids[1];
  if v_contact_id is null then
    insert into contacts (name) values (p_profile ->> 'name') returning id into v_contact_id;
  end if;
  for v_index in 2 .. coalesce(cardinality(v_contact_ids), 0) loop
    perform engine.merge_contacts(v_contact_id, v_contact_ids[v_index]);
  end loop;

  insert into contact_identities (contact_id, channel_type, kind, external_id, profile)
  select v_contact_id, p_channel_type, i.identity ->> 'kind', i.identity ->> 'externalId', p_profile
  from jsonb_array_elements(p_identities) as i (identity)
  on conflict (channel_type, kind, external_id) do nothing;
  return v_contact_id;
end
$$;
comment on function engine.find_contact is
  'The contact who has these identities: the oldest of those known, with the others made part of it; or a new one.';

revoke execute on function
  engine.bucket_of, engine.lock_identities, engine.known_contact, engine.release_phone, engine.keep_profiles,
  engine.find_contact
  from public;
grant execute on function
  engine.bucket_of, engine.lock_identities, engine.known_contact, engine.release_phone, engine.keep_profiles,
  engine.find_contact
  to engine_worker;
