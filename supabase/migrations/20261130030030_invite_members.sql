-- Inviting: the token is made by who sends the mail, and comes here only as its hash.

-- `security definer` because nobody writes invitations but by these rules.
create function private.issue_invitation(p_tenant_id uuid, p_email text, p_role text, p_token_hash text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_email text := lower(btrim(p_email));
  v_old record;
  v_id uuid;
  v_wait double precision;
begin
  perform private.require_manager_of(p_tenant_id, p_role, 'invite a person');
  perform private.check_token_hash(p_token_hash);
  if exists (
    select from public.tenant_members m join auth.users u on u.id = m.user_id
    where m.tenant_id = p_tenant_id and lower(u.email) = v_email
  ) then
    raise exception 'Cannot invite this person to tenant "%": they are a member', p_tenant_id using errcode = 'PT409';
  end if;
  v_wait := private.take_token('mail:' || p_tenant_id, 'mail');
  if v_wait > 0 then
    perform private.refuse_rate(v_wait);
  end if;
  select i.id, i.role into v_old from public.tenant_invitations i
  where i.tenant_id = p_tenant_id and i.email = v_email and i.accepted_at is null and i.revoked_at is null;
  if found then
    perform private.require_manager_of(p_tenant_id, v_old.role, 'change an invitation');
  end if;
  insert into public.tenant_invitations (tenant_id, email, role, token_hash, invited_by, expires_at)
  values (p_tenant_id, v_email, p_role, p_token_hash, private.caller_id(), now() + interval '7 days')
  on conflict (tenant_id, email) where accepted_at is null and revoked_at is null do update
    set role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by,
      expires_at = excluded.expires_at
  returning id into v_id;
  perform private.record_event(p_tenant_id, private.caller_id(), 'member_invited',
    jsonb_build_object('invitation_id', v_id, 'role', p_role));
  return v_id;
end
$$;
comment on function private.issue_invitation is
  'Invites an address for 7 days. Inviting it again replaces role and token: the older link stops working.';

create function private.check_token_hash(p_token_hash text) returns void
language plpgsql immutable set search_path = ''
as $$
begin
  if p_token_hash !~ '^[0-9a-f]{64}$' or p_token_hash is null then
    raise exception 'Cannot use the token hash: it is no SHA-256 in hexadecimal' using errcode = 'PT400';
  end if;
end
$$;
comment on function private.check_token_hash is 'Refuses what is no SHA-256, so that no token is stored by mistake.';

-- `security definer` for the same reason.
create function private.renew_invitation(p_tenant_id uuid, p_invitation_id uuid, p_token_hash text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_invitation record;
begin
  select i.email, i.role, i.accepted_at, i.revoked_at into v_invitation from public.tenant_invitations i
  where i.id = p_invitation_id and i.tenant_id = p_tenant_id and private.may_administer(p_tenant_id);
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot send invitation "%" again: there is none', p_invitation_id using errcode = 'PT404';
  end if;
  if v_invitation.accepted_at is not null or v_invitation.revoked_at is not null then
    raise exception 'Cannot send invitation "%" again: it is %', p_invitation_id,
      case when v_invitation.accepted_at is null then 'revoked' else 'accepted' end using errcode = 'PT409';
  end if;
  perform private.issue_invitation(p_tenant_id, v_invitation.email, v_invitation.role, p_token_hash);
end
$$;
comment on function private.renew_invitation is 'Gives an open or expired invitation a new token and 7 more days.';

-- `security definer` for the same reason.
create function private.end_invitation(p_tenant_id uuid, p_invitation_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_invitation record;
begin
  select i.role, i.accepted_at, i.revoked_at into v_invitation from public.tenant_invitations i
  where i.id = p_invitation_id and i.tenant_id = p_tenant_id and private.may_administer(p_tenant_id) for update;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot revoke invitation "%": there is none', p_invitation_id using errcode = 'PT404';
  end if;
  perform private.require_manager_of(p_tenant_id, v_invitation.role, 'revoke an invitation');
  if v_invitation.accepted_at is not null then
    raise exception 'Cannot revoke invitation "%": it is accepted', p_invitation_id using errcode = 'PT409';
  end if;
  if v_invitation.revoked_at is null then
    update public.tenant_invitations set revoked_at = now() where id = p_invitation_id;
    perform private.record_event(p_tenant_id, private.caller_id(), 'invitation_revoked',
      jsonb_build_object('invitation_id', p_invitation_id));
  end if;
end
$$;
comment on function private.end_invitation is 'Makes an invitation worthless. Twice changes nothing.';

create function api.invite_member(p_tenant_id uuid, p_email text, p_role text, p_token_hash text)
returns api.invitation
language plpgsql
as $$
declare
  v_id uuid;
  v_result api.invitation;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  v_id := private.issue_invitation(p_tenant_id, p_email, p_role, p_token_hash);
  select * into v_result from private.read_invitations(p_tenant_id, v_id);
  return v_result;
end
$$;
comment on function api.invite_member is
  'Invites an address to a tenant; the mail with the token is the caller''s to send, as the function invite-member does. Again: a new token.';

create function api.resend_invitation(p_tenant_id uuid, p_invitation_id uuid, p_token_hash text) returns api.invitation
language plpgsql
as $$
declare
  v_result api.invitation;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.renew_invitation(p_tenant_id, p_invitation_id, p_token_hash);
  select * into v_result from private.read_invitations(p_tenant_id, p_invitation_id);
  return v_result;
end
$$;
comment on function api.resend_invitation is 'Gives an invitation a new token; the older link stops working.';

create function api.revoke_invitation(p_tenant_id uuid, p_invitation_id uuid) returns api.invitation
language plpgsql
as $$
declare
  v_result api.invitation;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.end_invitation(p_tenant_id, p_invitation_id);
  select * into v_result from private.read_invitations(p_tenant_id, p_invitation_id);
  return v_result;
end
$$;
comment on function api.revoke_invitation is 'Takes an invitation back. Twice changes nothing; PT409 when it is accepted.';

revoke execute on function
  private.issue_invitation, private.check_token_hash, private.renew_invitation, private.end_invitation,
  api.invite_member, api.resend_invitation, api.revoke_invitation
  from public;
grant execute on function
  private.issue_invitation, private.renew_invitation, private.end_invitation,
  api.invite_member, api.resend_invitation, api.revoke_invitation
  to authenticated;
