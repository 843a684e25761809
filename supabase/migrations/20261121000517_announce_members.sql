-- Realtime: who belongs to a tenant, told to its inbox topic.

create function private.announce_members() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_changed record;
begin
  if tg_op = 'DELETE' then
    -- The members of a tenant that is being dropped go with it; nobody is left to tell.
    for v_changed in
      select o.tenant_id, array_agg(o.user_id) as ids
      from old_rows o join public.tenants t on t.id = o.tenant_id group by o.tenant_id
    loop
      perform realtime.send(private.ids_of(v_changed.ids), 'member_removed', 'tenant:' || v_changed.tenant_id, true);
    end loop;
  else
    for v_changed in select n.tenant_id, array_agg(n.user_id) as ids from new_rows n group by n.tenant_id loop
      perform realtime.send(private.ids_of(v_changed.ids), 'members_changed', 'tenant:' || v_changed.tenant_id, true);
    end loop;
  end if;
  return null;
end
$$;

create function private.announce_changed_members() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_changed record;
begin
  for v_changed in
    select n.tenant_id, array_agg(n.user_id) as ids
    from new_rows n join old_rows o on o.tenant_id = n.tenant_id and o.user_id = n.user_id
    where to_jsonb(n) - 'last_used_at' <> to_jsonb(o) - 'last_used_at'
      -- Using the app is told every minute; what it says of the member changes seldom.
      or private.availability_now(n.availability, n.last_used_at) <> private.availability_now(o.availability, o.last_used_at)
    group by n.tenant_id
  loop
    perform realtime.send(private.ids_of(v_changed.ids), 'members_changed', 'tenant:' || v_changed.tenant_id, true);
  end loop;
  return null;
end
$$;
comment on function private.announce_changed_members is 'Tells the inbox of a tenant who of its members is shown otherwise than before.';

create trigger announce_new_members after insert on public.tenant_members
  referencing new table as new_rows for each statement execute function private.announce_members();
create trigger announce_changed_members after update on public.tenant_members
  referencing old table as old_rows new table as new_rows for each statement execute function private.announce_changed_members();
create trigger announce_removed_members after delete on public.tenant_members
  referencing old table as old_rows for each statement execute function private.announce_members();

revoke execute on function private.announce_members, private.announce_changed_members from public;
