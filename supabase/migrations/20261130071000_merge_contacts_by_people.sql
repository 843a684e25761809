-- A person sees that two contacts are one: the same customer with a second number, or on another channel.

-- `security definer` because no person moves identities and due work; engine.merge_contacts does for workers what is done
-- here for a member, in the tenant that was entered.
create function private.merge_contacts(p_tenant_id uuid, p_contact_id uuid, p_other_contact_id uuid) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_ids uuid[];
begin
  perform private.enter_tenant(p_tenant_id);
  -- Locks in the order of all: identities, contacts, sessions.
  perform pg_advisory_xact_lock(hashtext(p_tenant_id::text), sorted.bucket)
  from (
    select distinct engine.bucket_of(jsonb_build_object('kind', i.kind, 'externalId', i.external_id)) as bucket
    from contact_identities i where i.contact_id in (p_contact_id, p_other_contact_id) order by 1
  ) sorted;
  perform from contacts c where c.id in (p_contact_id, p_other_contact_id) order by c.id for update;
  select array_agg(c.id order by c.created_at, c.id) into v_ids
  from contacts c where c.id in (p_contact_id, p_other_contact_id) and c.merged_into is null;
  if coalesce(cardinality(v_ids), 0) < 2 then
    return null;
  end if;
  perform engine.merge_contacts(v_ids[1], v_ids[2]);
  -- What is being computed for either knows half of the person.
  update sessions set fence = fence + 1, updated_at = now() where contact_id = v_ids[1] and status = 'open';
  return v_ids[1];
end
$$;
comment on function private.merge_contacts is
  'For a member, makes the younger of two contacts part of the older and returns the older; null, and nothing is changed, if one of them is part of another already.';

create function api.merge_contacts(p_tenant_id uuid, p_contact_id uuid, p_other_contact_id uuid) returns uuid
language plpgsql
as $$
declare
  v_contact record;
  v_kept_id uuid;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if p_contact_id = p_other_contact_id then
    raise exception 'Cannot merge contact "%" with itself', p_contact_id using errcode = 'PT400', detail = 'same_contact';
  end if;
  for v_contact in
    select w.id, c.id is not null as is_known
    from unnest(array[p_contact_id, p_other_contact_id]) as w (id) left join contacts c on c.id = w.id
  loop
    if not v_contact.is_known then
      perform private.note_refusal('PT404', p_tenant_id);
      raise exception 'Cannot find contact "%"', v_contact.id using errcode = 'PT404';
    end if;
  end loop;
  v_kept_id := private.merge_contacts(p_tenant_id, p_contact_id, p_other_contact_id);
  if v_kept_id is null then
    raise exception 'Cannot merge contact "%" with "%": one of them is part of another already', p_contact_id, p_other_contact_id
      using errcode = 'PT409', detail = 'already_merged';
  end if;
  perform private.record_contact_deed(v_kept_id, 'contacts_merged', jsonb_build_object(
    'contact_id', case when v_kept_id = p_contact_id then p_other_contact_id else p_contact_id end
  ));
  return v_kept_id;
end
$$;
comment on function api.merge_contacts is
  'Two contacts are one person: the younger becomes part of the older, with numbers, conversations, attributes and refusals; of open conversations on one number one stays. Returns the contact that stays. Every open conversation''s fence is raised. It cannot be undone. PT409 "already_merged".';

revoke execute on function private.merge_contacts, api.merge_contacts from public;
grant execute on function private.merge_contacts, api.merge_contacts to authenticated;
