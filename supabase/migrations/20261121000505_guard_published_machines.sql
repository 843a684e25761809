-- A published version of a state machine never changes: sessions and decisions point at it.

create function private.refuse_change_of_published_version() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'Cannot % version % of a state machine: it is published', lower(tg_op), old.version
    using errcode = 'object_not_in_prerequisite_state', hint = 'Publish a new version instead.';
end
$$;
comment on function private.refuse_change_of_published_version is 'For every tenant''s state_machine_versions.';
revoke execute on function private.refuse_change_of_published_version from public;
