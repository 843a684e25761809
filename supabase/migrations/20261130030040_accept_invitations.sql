-- Accepting: who holds the token and is signed in with the invited address joins. A refusal is an answer with a status and
-- not an error, since an error would undo what was recorded about it.

create type api.acceptance as (tenant_id uuid, tenant_name text, role text, code text, message text);

-- `security definer` because who accepts is not a member yet.
create function private.accept_invitation(p_token text, p_display_name text, out status integer, out answer api.acceptance)
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.caller_id();
  v_email text;
  v_invitation record;
begin
  select lower(u.email) into v_email from auth.users u where u.id = v_me and u.email_confirmed_at is not null;
  select i.id, i.tenant_id, i.email, i.role, i.accepted_at, i.revoked_at, i.expires_at, t.name into v_invitation
  from public.tenant_invitations i join public.tenants t on t.id = i.tenant_id
  where i.token_hash = encode(sha256(convert_to(coalesce(p_token, ''), 'utf8')), 'hex') and t.status <> 'dropping'
  for no key update of i;
  if not found then
    raise log 'invitation_refused unknown caller=%', v_me;
    status := 404;
    answer := row(null, null, null, 'invitation_unknown', 'Cannot accept invitation: there is none with this link')::api.acceptance;
    return;
  end if;
  select r.status, r.code, r.message into status, answer.code, answer.message
  from (values
    (1, v_invitation.email is distinct from v_email, 403, 'invitation_foreign',
      'Cannot accept invitation: it was sent to another address than the one you are signed in with'),
    (2, v_invitation.accepted_at is not null, 410, 'invitation_used', 'Cannot accept invitation: it was used already'),
    (3, v_invitation.revoked_at is not null, 410, 'invitation_revoked', 'Cannot accept invitation: it was taken back'),
    (4, v_invitation.expires_at <= now(), 410, 'invitation_expired',
      'Cannot accept invitation: it has expired, ask for a new one'),
    (5, exists (
      select from public.tenant_members m where m.tenant_id = v_invitation.tenant_id and m.user_id = v_me
    ), 409, 'already_member', 'Cannot accept invitation: you are a member already')
  ) as r (place, applies, status, code, message)
  where r.applies order by r.place limit 1;
  if found then
    perform private.record_event(v_invitation.tenant_id, v_me, 'invitation_refused',
      jsonb_build_object('invitation_id', v_invitation.id, 'reason', answer.code));
    return;
  end if;
  insert into public.tenant_members (tenant_id, user_id, role, display_name)
  values (v_invitation.tenant_id, v_me, v_invitation.role,
    coalesce(nullif(btrim(p_display_name), ''), split_part(v_email, '@', 1)));
  update public.tenant_invitations set accepted_at = now(), accepted_by = v_me where id = v_invitation.id;
  perform private.record_event(v_invitation.tenant_id, v_me, 'member_joined',
    jsonb_build_object('invitation_id', v_invitation.id, 'role', v_invitation.role));
  status := 200;
  answer := row(v_invitation.tenant_id, v_invitation.name, v_invitation.role, null, null)::api.acceptance;
end
$$;
comment on function private.accept_invitation is 'Joins the caller to the tenant of a token, or says with a status why not; both are recorded.';

create function api.accept_invitation(p_token text, p_display_name text default null) returns api.acceptance
language plpgsql
as $$
declare
  v_result record;
begin
  perform private.limit_writes();
  select * into v_result from private.accept_invitation(p_token, p_display_name);
  -- PostgREST answers with it: https://docs.postgrest.org/en/v14/references/transactions.html#response-status-code
  perform set_config('response.status', v_result.status::text, true);
  return v_result.answer;
end
$$;
comment on function api.accept_invitation is
  'Joins the caller to a tenant. Refused with 403 for another address, 404 for an unknown token, 409 for a member, 410 when used, revoked or expired: code and message say so.';

revoke execute on function private.accept_invitation, api.accept_invitation from public;
grant execute on function private.accept_invitation, api.accept_invitation to authenticated;
