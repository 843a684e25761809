-- Who may listen and speak where: `tenant:<tenant_id>` is the inbox, `tenant:<tenant_id>:session:<session_id>` one
-- conversation. Events of the inbox come from the database alone; on a conversation members also say who is there and types.

create function private.tenant_of_topic(p_topic text) returns uuid
language sql immutable set search_path = ''
as $$
  select case when p_topic ~ '^tenant:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$'
    then substr(p_topic, 8, 36)::uuid end
$$;
comment on function private.tenant_of_topic is 'The tenant that a topic belongs to, or null if it is none of ours.';

-- `security definer` because which conversations exist is asked before the tenant is entered. One that is not there has no
-- topic: else members could open channels on names of their own making.
create function private.is_topic_of_member(p_topic text) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_schema text := private.schema_for_member(private.tenant_of_topic(p_topic));
  v_session_id text := substring(p_topic from ':session:(.*)$');
  v_is_there boolean := v_schema is not null;
begin
  if v_is_there and v_session_id is not null then
    execute format('select exists (select from %I.sessions s where s.id = $1)', v_schema)
    into v_is_there using v_session_id::uuid;
  end if;
  return v_is_there;
end
$$;
comment on function private.is_topic_of_member is
  'Whether a topic is that of a tenant which the caller acts for, or of a conversation that this tenant has.';

revoke execute on function private.tenant_of_topic, private.is_topic_of_member from public;
grant execute on function private.is_topic_of_member to authenticated;

create policy "Members hear the topics of their tenant" on realtime.messages
  for select to authenticated using (
    extension in ('broadcast', 'presence') and (select private.is_topic_of_member((select realtime.topic())))
  );
create policy "Members say in a conversation that they are there and type" on realtime.messages
  for insert to authenticated with check (
    extension in ('broadcast', 'presence')
    and (select realtime.topic()) like '%:session:%'
    and (select private.is_topic_of_member((select realtime.topic())))
  );
