-- Tenant step 3: what changes is announced. One trigger per statement kind, since a trigger with transition tables has one.

select private.define_tenant_step(3, 'announce_changes', $ddl$

create trigger announce_new_sessions after insert on sessions
  referencing new table as new_rows for each statement execute function private.announce_sessions();
create trigger announce_changed_sessions after update on sessions
  referencing old table as old_rows new table as new_rows
  for each statement when (current_setting('engine.announces', true) is distinct from 'itself')
  execute function private.announce_sessions();

create trigger announce_new_messages after insert on messages
  referencing new table as new_rows
  for each statement when (current_setting('engine.announces', true) is distinct from 'itself')
  execute function private.announce_messages();
create trigger announce_changed_messages after update on messages
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.announce_messages();

create trigger announce_finished_turns after update on turns
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.announce_turns();

create trigger announce_new_escalations after insert on escalations
  referencing new table as new_rows for each statement execute function private.announce_escalations();
create trigger announce_changed_escalations after update on escalations
  referencing new table as new_rows for each statement execute function private.announce_escalations();

create trigger announce_changed_contacts after update on contacts
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.announce_contacts();

$ddl$);
