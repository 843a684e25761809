-- Who may listen and speak where: `tenant:<tenant_id>` is the inbox, `tenant:<tenant_id>:session:<session_id>` one
-- conversation. Events of the inbox come from the database alone; on a conversation members also say who is there and types.

create function private.tenant_of_topic(p_topic text) returns uuid
language sql immutable set search_path = ''
as $$
  select case when p_topic ~ '^tenant:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:session:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$'
    then substr(p_topic, 8, 36)::uuid end
$$;
comment on function private.tenant_of_topic is 'The tenant that a topic belongs to, or null if it is none of ours.';

revoke execute on function private.tenant_of_topic from public;
grant execute on function private.tenant_of_topic to authenticated;

create policy "Members hear the topics of their tenant" on realtime.messages
  for select to authenticated using (
    extension in ('broadcast', 'presence')
    and (select private.is_member_of(private.tenant_of_topic((select realtime.topic()))))
  );
create policy "Members say in a conversation that they are there and type" on realtime.messages
  for insert to authenticated with check (
    extension in ('broadcast', 'presence')
    and (select realtime.topic()) like '%:session:%'
    and (select private.is_member_of(private.tenant_of_topic((select realtime.topic()))))
  );
