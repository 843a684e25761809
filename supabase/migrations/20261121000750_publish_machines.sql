-- A state machine goes live as a new version; conversations that run on an older one keep it until their next turn decides.

create function private.store_machine_version(
  p_definition jsonb,
  p_note text,
  p_published_by uuid,
  p_name text default null
) returns integer
language plpgsql
as $$
-- Runs in its caller's tenant path, so that provisioning and owners publish by the same rule.
declare
  v_machine_id uuid;
  v_version integer;
begin
  -- Two who publish at once get two versions; the later one is live.
  select m.id into v_machine_id from state_machines m where m.is_active for update;
  if not found then
    insert into state_machines (name, is_active) values (coalesce(p_name, 'Sales'), true)
    returning id into v_machine_id;
  else
    update state_machines set name = coalesce(p_name, name), updated_at = now() where id = v_machine_id;
  end if;
  insert into state_machine_versions (state_machine_id, version, definition, published_at, published_by, note)
  select v_machine_id, coalesce(max(v.version), 0) + 1, p_definition, now(), p_published_by, p_note
  from state_machine_versions v where v.state_machine_id = v_machine_id
  returning version into v_version;
  return v_version;
end
$$;
comment on function private.store_machine_version is 'Publishes a definition as the next version of the active machine; returns its number.';

create type api.machine_version as (version integer, published_at timestamptz);

create function private.publish_machine(p_tenant_id uuid, p_definition jsonb, p_note text default null)
returns api.machine_version
language plpgsql
as $$
declare
  v_result api.machine_version;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot publish a machine of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(p_definition -> 'states') is distinct from 'object'
    or not coalesce(p_definition -> 'states' ? (p_definition ->> 'initial'), false)
  then
    raise exception 'Cannot publish a machine of tenant "%": its initial state is not one of its states', p_tenant_id
      using errcode = 'PT400';
  end if;
  v_result.version := private.store_machine_version(p_definition, p_note, private.caller_id());
  v_result.published_at := now();
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'machine_published', jsonb_build_object('version', v_result.version, 'note', p_note));
  return v_result;
end
$$;
comment on function private.publish_machine is
  'Stores a definition as the next, immutable version and makes it live. For the function that has verified it: people can call schema api only, and nothing there publishes.';

revoke execute on function private.store_machine_version, private.publish_machine from public;
grant execute on function private.store_machine_version, private.publish_machine to authenticated;
