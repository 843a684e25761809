-- Does what turns decided besides replying. Runs in the tenant path that its caller has set, within engine.commit_turns.

create function engine.apply_effects(p_committed jsonb) returns void
language plpgsql
as $$
begin
  -- The confirmation of this turn was claimed before; whatever else is queued is cancelled when its time comes.
  with left_us as (
    update contacts c set opted_out_at = now(), updated_at = now()
    from jsonb_to_recordset(p_committed) as r (session_id uuid, effects jsonb)
    join sessions s on s.id = r.session_id
    where c.id = s.contact_id and c.opted_out_at is null and r.effects @? '$[*] ? (@.kind == "opt_out")'
    returning c.id, r.session_id
  )
  insert into events (session_id, contact_id, actor_type, name, body)
  select l.session_id, l.id, 'contact', 'contact_opted_out', '{}' from left_us l;

  with learned as (
    update contacts c
    set name = coalesce(r.name, c.name), attributes = c.attributes || coalesce(r.attributes, '{}'), updated_at = now()
    from (
      select t.session_id, e.effect ->> 'name' as name, e.effect -> 'attributes' as attributes
      from jsonb_to_recordset(p_committed) as t (session_id uuid, effects jsonb)
      cross join lateral jsonb_array_elements(t.effects) as e (effect)
      where e.effect ->> 'kind' = 'update_contact'
    ) r
    join sessions s on s.id = r.session_id
    where c.id = s.contact_id
    returning c.id, r.session_id, r.name is not null as has_name, r.attributes
  )
  insert into events (session_id, contact_id, actor_type, name, body)
  select l.session_id, l.id, 'bot', 'contact_updated', jsonb_build_object(
    'fields', (select coalesce(jsonb_agg(k), '[]') from jsonb_object_keys(coalesce(l.attributes, '{}')) as k),
    'has_name', l.has_name
  )
  from learned l;
end
$$;
comment on function engine.apply_effects is
  'Opts contacts out and keeps what was learned about them. One update_contact a turn: the engine merges them. Events name attributes, never values.';

revoke execute on function engine.apply_effects from public;
grant execute on function engine.apply_effects to engine_worker;
