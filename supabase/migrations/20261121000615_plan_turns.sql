-- What ingest asks of the tables that all tenants share. `security definer` with a pinned path: the plans of these
-- statements stay cached while one connection serves many tenants, where an invoker's would be made anew at each change
-- of role or path. The tenant is the one whose worker
-- (client_<slug>_worker) the caller is, so nobody reaches another's rows.

create function private.describe_channel(
  p_config_id uuid,
  out tenant_id uuid, out schema_name text, out channel_type text, out obstacle text,
  out debounce interval, out debounce_max interval
)
language plpgsql stable security definer set search_path = ''
as $$
begin
  select t.id, t.schema_name, c.channel_type,
    case when t.status <> 'active' then 'tenant_suspended' when not c.is_enabled then 'channel_disabled'
      when c.stopped_until > now() then 'channel_stopped' end,
    c.debounce_ms * interval '1 millisecond', c.debounce_max_ms * interval '1 millisecond'
    into tenant_id, schema_name, channel_type, obstacle, debounce, debounce_max
  from public.client_configs c join public.tenants t on t.id = c.client_id
  where c.id = p_config_id and t.schema_name = left(current_setting('role'), -7);
  if not found then
    raise exception 'Cannot use channel "%": it is not of this tenant', p_config_id using errcode = 'P0002';
  end if;
end
$$;
comment on function private.describe_channel is
  'What a number is and whether its tenant may answer at present; P0002 if it is not the calling worker''s.';

create function private.plan_turns(
  p_tenant_id uuid, p_session_ids uuid[], p_tapped_ids uuid[], p_debounce interval, p_debounce_max interval
) returns timestamptz
language plpgsql security definer set search_path = ''
as $$
declare
  v_due_at timestamptz;
begin
  -- The schema is the calling worker's, and a foreign key holds it to its tenant.
  with planned as (
    insert into private.due_work as d (tenant_id, schema_name, session_id, work, due_at, first_due_at)
    -- A tap is a finished answer: nothing more is waited for.
    select p_tenant_id, left(current_setting('role'), -7), s.id, 'turn',
      case when s.id = any (p_tapped_ids) then now() else now() + p_debounce end, now()
    from unnest(p_session_ids) as s (id) order by s.id
    on conflict (tenant_id, session_id, work) do update
    set first_due_at = coalesce(d.first_due_at, excluded.first_due_at),
      due_at = least(excluded.due_at, coalesce(d.first_due_at, excluded.first_due_at) + p_debounce_max)
    where d.schema_name = excluded.schema_name
    returning d.due_at
  )
  select min(p.due_at) into v_due_at from planned p;
  return v_due_at;
end
$$;
comment on function private.plan_turns is
  'A new message moves the turn of its conversation to now + p_debounce, never past p_debounce_max after the first unanswered one; a tap is answered at once. Returns when the first of them is due.';

revoke execute on function private.describe_channel, private.plan_turns from public;
grant execute on function private.describe_channel, private.plan_turns to engine_worker;
