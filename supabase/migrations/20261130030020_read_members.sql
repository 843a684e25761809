-- Who acts for a tenant, and who is invited to.

-- `security definer` because addresses are Auth's; colleagues see each other's.
create function private.emails_of_members(p_tenant_id uuid) returns table (user_id uuid, email text)
language sql stable security definer set search_path = ''
as $$
  select m.user_id, u.email::text
  from public.tenant_members m join auth.users u on u.id = m.user_id
  where m.tenant_id = p_tenant_id and (select private.is_member_of(p_tenant_id))
$$;
comment on function private.emails_of_members is 'The addresses of the people of a tenant, for its members.';

create type api.member as (
  user_id uuid, role text, display_name text, email text, phone text, availability text, chosen_availability text,
  notify jsonb, is_me boolean, joined_at timestamptz
);

create function private.read_members(p_tenant_id uuid, p_user_id uuid default null) returns setof api.member
language plpgsql set search_path = ''
as $$
begin
  return query
    select m.user_id, m.role, m.display_name, e.email, m.phone, private.availability_now(m.availability, m.last_used_at),
      m.availability, m.notify, m.user_id = (select private.caller_id()), m.created_at
    from public.tenant_members m left join private.emails_of_members(p_tenant_id) e on e.user_id = m.user_id
    where m.tenant_id = p_tenant_id and (p_user_id is null or m.user_id = p_user_id)
    order by m.display_name, m.user_id;
end
$$;
comment on function private.read_members is 'The people of a tenant, or one of them, as their colleagues see them.';

create function api.list_members(p_tenant_id uuid) returns setof api.member
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.read_members(p_tenant_id);
end
$$;
comment on function api.list_members is 'The people of a tenant, by name.';

create type api.invitation as (
  id uuid, email text, role text, status text, invited_by uuid, expires_at timestamptz, created_at timestamptz
);

create function private.read_invitations(p_tenant_id uuid, p_invitation_id uuid default null) returns setof api.invitation
language plpgsql set search_path = ''
as $$
begin
  return query
    select i.id, i.email, i.role,
      case
        when i.accepted_at is not null then 'accepted'
        when i.revoked_at is not null then 'revoked'
        when i.expires_at <= now() then 'expired'
        else 'open'
      end,
      i.invited_by, i.expires_at, i.created_at
    from public.tenant_invitations i
    where i.tenant_id = p_tenant_id and (p_invitation_id is null or i.id = p_invitation_id)
    order by i.created_at desc, i.id;
end
$$;
comment on function private.read_invitations is 'Invitations of a tenant or one of them, as its owners and admins see them.';

create function api.list_invitations(p_tenant_id uuid) returns setof api.invitation
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.read_invitations(p_tenant_id);
end
$$;
comment on function api.list_invitations is
  'Invitations to a tenant, newest first, for its owners and admins; no row for an agent. Status: open, expired, accepted or revoked.';

revoke execute on function
  private.emails_of_members, private.read_members, private.read_invitations, api.list_members, api.list_invitations
  from public;
grant execute on function
  private.emails_of_members, private.read_members, private.read_invitations, api.list_members, api.list_invitations
  to authenticated;
