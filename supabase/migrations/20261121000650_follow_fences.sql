-- What turns and deliveries need of the tables beyond what people see.

create function private.make_drafts_stale() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.base_fence := new.fence;
  return new;
end
$$;
comment on function private.make_drafts_stale is
  'A takeover, a hand-back or an edit outdates the draft of a running turn for good; a newer message alone does not.';
revoke execute on function private.make_drafts_stale from public;

select private.define_tenant_step(65, 'follow_fences', $ddl$

alter table sessions add column base_fence bigint not null default 0;
comment on column sessions.base_fence is
  'The fence when a turn was opened, or something other than a message raised it. While it is a turn''s own fence, only newer customer messages have come since.';
create trigger edits_make_drafts_stale
  before update of holder, status, state, variables, machine_version_id, contact_id on sessions
  for each row when (
    (old.holder, old.status, old.state, old.variables, old.machine_version_id, old.contact_id)
      is distinct from
    (new.holder, new.status, new.state, new.variables, new.machine_version_id, new.contact_id)
  )
  execute function private.make_drafts_stale();

create unique index one_turn_is_open_per_session on turns (session_id) where status = 'open';

-- Tells whether a number still gets statuses: few bytes, since messages arrive in the order of their age.
create index messages_by_age on messages using brin (created_at);

$ddl$);

create index due_work_by_tenant on private.due_work (tenant_id, due_at);
-- Rows live for seconds: room for their updates on the same page, and a vacuum that comes early.
alter table private.due_work set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
