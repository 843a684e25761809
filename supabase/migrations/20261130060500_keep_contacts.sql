-- The person behind a conversation: what is known, what was said before, and whether they want to hear from us.

create function api.get_contact(p_tenant_id uuid, p_contact_id uuid) returns jsonb
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return (
    select jsonb_build_object(
      'id', c.id, 'name', c.name, 'language', c.language, 'attributes', c.attributes, 'tags', c.tags,
      'opted_out_at', c.opted_out_at, 'blocked_at', c.blocked_at, 'merged_into', c.merged_into,
      'created_at', c.created_at,
      'identities', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'channel_type', i.channel_type, 'kind', i.kind, 'external_id', i.external_id
        ) order by i.kind desc, i.created_at), '[]')
        from contact_identities i where i.contact_id = c.id
      ),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', s.id, 'status', s.status, 'holder', s.holder, 'state', s.state, 'summary', s.summary,
          'created_at', s.created_at, 'last_message_at', s.last_message_at, 'message_count', s.message_count
        ) order by s.created_at desc), '[]')
        from (select * from sessions o where o.contact_id = c.id order by o.created_at desc limit 50) s
      )
    )
    from contacts c where c.id = p_contact_id
  );
end
$$;
comment on function api.get_contact is 'A contact with identities and their newest 50 conversations; null if there is none.';

create function private.begin_contact_verb(p_tenant_id uuid, p_contact_id uuid) returns record
language plpgsql
as $$
declare
  v_contact record;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  select c.name, c.language, c.attributes, c.tags, c.opted_out_at, c.blocked_at into v_contact
  from contacts c where c.id = p_contact_id for no key update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find contact "%"', p_contact_id using errcode = 'PT404';
  end if;
  return v_contact;
end
$$;
comment on function private.begin_contact_verb is
  'The head of every verb on a contact: enters the tenant, locks the contact and returns it; PT404 if there is none.';

create function private.record_contact_deed(p_contact_id uuid, p_name text, p_body jsonb) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path.
begin
  insert into events (contact_id, actor_type, actor_id, name, body)
  values (p_contact_id, 'agent', private.caller_id(), p_name, p_body);
end
$$;
comment on function private.record_contact_deed is 'What the caller did to a contact goes into the timeline, under their name.';

create function api.update_contact(p_tenant_id uuid, p_contact_id uuid, p_changes jsonb) returns void
language plpgsql
as $$
declare
  v_contact record;
  v_name text := nullif(btrim(p_changes ->> 'name'), '');
begin
  v_contact := private.begin_contact_verb(p_tenant_id, p_contact_id);
  if length(v_name) > 200 or length(p_changes::text) > 20000 then
    raise exception 'Cannot change contact "%": a value is too long', p_contact_id using errcode = 'PT400', detail = 'too_long';
  end if;
  update contacts
  set name = case when p_changes ? 'name' then v_name else name end,
    language = case when p_changes ? 'language' then nullif(p_changes ->> 'language', '') else language end,
    attributes = case when jsonb_typeof(p_changes -> 'attributes') = 'object' then p_changes -> 'attributes' else attributes end,
    tags = case when jsonb_typeof(p_changes -> 'tags') = 'array'
      then array(select distinct t.tag from jsonb_array_elements_text(p_changes -> 'tags') as t (tag) order by 1 limit 20)
      else tags end,
    updated_at = now()
  where id = p_contact_id;
  -- Which things changed, not what they are: the timeline outlives an erasure.
  perform private.record_contact_deed(p_contact_id, 'contact_changed', jsonb_build_object(
    'keys', array(select jsonb_object_keys(p_changes) order by 1)
  ));
end
$$;
comment on function api.update_contact is
  'Corrects a contact: any of name, language, attributes (replaced as a whole) and tags (20 at most).';

create function api.block_contact(p_tenant_id uuid, p_contact_id uuid, p_is_blocked boolean default true) returns void
language plpgsql
as $$
declare
  v_contact record;
begin
  v_contact := private.begin_contact_verb(p_tenant_id, p_contact_id);
  if (v_contact.blocked_at is not null) = p_is_blocked then
    return;
  end if;
  update contacts set blocked_at = case when p_is_blocked then now() end, updated_at = now() where id = p_contact_id;
  -- A reply that is being computed for a blocked contact cannot commit.
  update sessions set fence = fence + 1, updated_at = now() where contact_id = p_contact_id and status = 'open';
  perform private.record_contact_deed(
    p_contact_id, case when p_is_blocked then 'contact_blocked' else 'contact_unblocked' end, '{}'
  );
end
$$;
comment on function api.block_contact is
  'Nothing leaves to a blocked contact and the bot does not answer them; false ends it. Twice changes nothing.';

create function api.set_opt_out(p_tenant_id uuid, p_contact_id uuid, p_is_opted_out boolean default true) returns void
language plpgsql
as $$
declare
  v_contact record;
begin
  v_contact := private.begin_contact_verb(p_tenant_id, p_contact_id);
  if (v_contact.opted_out_at is not null) = p_is_opted_out then
    return;
  end if;
  update contacts set opted_out_at = case when p_is_opted_out then now() end, updated_at = now() where id = p_contact_id;
  update sessions set fence = fence + 1, updated_at = now() where contact_id = p_contact_id and status = 'open';
  perform private.record_contact_deed(
    p_contact_id, case when p_is_opted_out then 'contact_opted_out' else 'contact_opted_in' end, '{"by": "agent"}'
  );
end
$$;
comment on function api.set_opt_out is
  'Keeps that a contact does not want to hear from us, or, with their word for it, that they do again. Twice changes nothing.';

revoke execute on function
  private.begin_contact_verb, private.record_contact_deed, api.get_contact, api.update_contact, api.block_contact,
  api.set_opt_out
  from public;
grant execute on function
  private.begin_contact_verb, private.record_contact_deed, api.get_contact, api.update_contact, api.block_contact,
  api.set_opt_out
  to authenticated;
