-- A person goes by other names from now on. Run in the tenant path that their caller has set; the caller holds the locks of
-- all names, old and new.

create function engine.rename_contact(p_channel_type text, p_change jsonb) returns uuid
language plpgsql
as $$
declare
  v_contact_id uuid := engine.known_person(p_channel_type, p_change -> 'previous');
  v_owner record;
  v_other_id uuid;
  v_name jsonb;
  v_user_ids text[] := array(
    select i ->> 'externalId' from jsonb_path_query(p_change, '$.current[*] ? (@.kind == "bsuid")') i
  );
begin
  v_contact_id := coalesce(v_contact_id, engine.known_person(p_channel_type, p_change -> 'current'));
  if v_contact_id is null then
    return null;
  end if;
  for v_name in select c.name from jsonb_array_elements(p_change -> 'current') as c (name) loop
    if v_name ->> 'kind' = 'phone' and v_user_ids <> '{}' then
      -- As with messages: a phone leaves a contact who is known by other user ids. The present contact's own stays.
      if not exists (
        select from contact_identities i
        where i.channel_type = p_channel_type and i.kind = 'phone' and i.external_id = v_name ->> 'externalId'
          and i.contact_id = v_contact_id
      ) then
        perform engine.release_phone(p_channel_type, v_name ->> 'externalId', v_user_ids);
      end if;
    end if;
    select o.id, o.created_at, (o.created_at, o.id) < (k.created_at, k.id) as is_older into v_owner
    from contact_identities i join contacts o on o.id = i.contact_id join contacts k on k.id = v_contact_id
    where i.channel_type = p_channel_type and i.kind = v_name ->> 'kind' and i.external_id = v_name ->> 'externalId';
    if not found then
      insert into contact_identities (contact_id, channel_type, kind, external_id)
      values (v_contact_id, p_channel_type, v_name ->> 'kind', v_name ->> 'externalId');
    elsif v_owner.id <> v_contact_id then
      v_other_id := case when v_owner.is_older then v_contact_id else v_owner.id end;
      v_contact_id := case when v_owner.is_older then v_owner.id else v_contact_id end;
      perform engine.merge_contacts(v_contact_id, v_other_id);
    end if;
  end loop;
  -- A phone may pass to another person; a user id never does, and finds what is still under way under the old name.
  delete from contact_identities i
  using jsonb_array_elements(p_change -> 'previous') as p (name)
  where i.contact_id = v_contact_id and i.channel_type = p_channel_type and i.kind = 'phone'
    and p.name ->> 'kind' = 'phone' and i.external_id = p.name ->> 'externalId'
    and not p_change -> 'current' @> jsonb_build_array(p.name);
  return v_contact_id;
end
$$;
comment on function engine.rename_contact is
  'Gives a contact the new names and takes the old phone away; whoever has one of the new names already is the same person and becomes one contact with them. Null if nobody is known by any of the names.';

create function engine.receive_identity_changes(p_config_id uuid, p_events jsonb) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_ids bigint[];
  v_event record;
  v_contact_id uuid;
begin
  perform engine.lock_identities((
    select jsonb_agg(jsonb_build_object('identities', (e.event #> '{body,previous}') || (e.event #> '{body,current}')))
    from jsonb_array_elements(p_events) as e (event)
  ));
  v_ids := engine.keep_channel_events(p_config_id, p_events);
  for v_event in
    select e.id, e.body, e.occurred_at from channel_events e where e.id = any (v_ids) order by e.occurred_at, e.id
  loop
    v_contact_id := case v_event.body ->> 'kind'
      when 'device' then engine.known_person(v_channel.channel_type, v_event.body -> 'current')
      else engine.rename_contact(v_channel.channel_type, v_event.body)
    end;
    continue when v_contact_id is null;
    update channel_events set contact_id = v_contact_id where id = v_event.id;
    insert into events (contact_id, actor_type, name, body)
    values (v_contact_id, 'contact', 'contact_identity_changed', jsonb_build_object('kind', v_event.body ->> 'kind'));
    perform from sessions s where s.contact_id = v_contact_id and s.status = 'open' order by s.id for no key update;
    update sessions s set fence = s.fence + 1, updated_at = now()
    where s.contact_id = v_contact_id and s.status = 'open';
  end loop;
  return jsonb_build_object('stored', cardinality(v_ids));
end
$$;
comment on function engine.receive_identity_changes is
  'Follows new numbers and user ids of people, merges where two contacts turn out to be one, and raises the fences of their open conversations. A new device changes no name and is recorded. Returns stored.';

create function engine.receive_shared_identities(p_config_id uuid, p_people jsonb) returns jsonb
language plpgsql
as $$
declare
  v_channel record := private.describe_channel(p_config_id);
  v_person jsonb;
begin
  perform engine.lock_identities(p_people);
  for v_person in select p.person from jsonb_array_elements(p_people) as p (person) loop
    perform engine.find_contact(v_channel.channel_type, v_person -> 'identities', '{}');
  end loop;
  return '{}';
end
$$;
comment on function engine.receive_shared_identities is
  'Makes one contact of the names of each person: those of a message and those that its writer shared as their own.';

revoke execute on function
  engine.rename_contact, engine.receive_identity_changes, engine.receive_shared_identities from public;
grant execute on function
  engine.rename_contact, engine.receive_identity_changes, engine.receive_shared_identities to engine_worker;
