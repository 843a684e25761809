-- Tenant step 120: whom a deed of somebody else concerns is told of it, on their devices and in the app: who was given a
-- conversation, and whose conversation the bot took back. Nobody else is.

-- `security definer` because neither people nor workers may do all of it: plan jobs, read devices, write to the inbox topic.
create function private.tell_whom_deed_concerns() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_is_gift boolean := new.name = 'session_assigned';
  v_person uuid := (new.body ->> case when v_is_gift then 'to_agent' else 'from_agent' end)::uuid;
  v_tenant record;
  v_contact text;
begin
  -- Whoever does it themselves knows.
  if v_person is null or v_person = new.actor_id then
    return null;
  end if;
  select t.id, t.slug, t.settings -> 'alerts' -> 'show_names' is distinct from 'false'::jsonb as shows_names into v_tenant
  from public.tenants t where t.schema_name = tg_table_schema;
  execute format(
    'select c.name from %I.sessions s join %I.contacts c on c.id = s.contact_id where s.id = $1',
    tg_table_schema, tg_table_schema
  ) into v_contact using new.session_id;
  insert into private.jobs (tenant_id, name, payload, dedupe_key, max_attempts)
  select v_tenant.id, 'send_push', jsonb_build_object('subscription_id', d.id, 'notice', jsonb_build_object(
      'kind', case when v_is_gift then 'assigned' else 'handed_back' end, 'slug', v_tenant.slug,
      'session_id', new.session_id, 'name', case when v_tenant.shows_names then v_contact end
    )), format('push_of_deed:%s:%s', new.id, d.id), 6
  from public.push_subscriptions d where d.tenant_id = v_tenant.id and d.user_id = v_person
  on conflict do nothing;
  perform private.announce_to_inbox(tg_table_schema, 'notices_changed', private.ids_of(array[v_person]));
  return null;
end
$$;
comment on function private.tell_whom_deed_concerns is
  'Tells the one person whom a deed of somebody else gave a conversation or took one from: plans the notifications on their devices, and has their apps read what is new.';
revoke execute on function private.tell_whom_deed_concerns from public;

select private.define_tenant_step(120, 'tell_whom_deeds_concern', $ddl$

create trigger deed_is_told after insert on events
  for each row
  when (new.name = 'session_assigned' or (new.name = 'session_handed_back' and new.body ->> 'reason' = 'silent'))
  execute function private.tell_whom_deed_concerns();

create index events_of_silence on events ((body ->> 'from_agent'), id)
  where name = 'session_handed_back' and body ->> 'reason' = 'silent';

$ddl$);
