-- Tenant step 72: reminders for customers who go quiet. A reminder is due work of the session with the cause follow_up; this
-- table says what it was for and which fence it was planned at. Whatever happens to the session raises the fence and so
-- cancels it: an answer, a takeover, another turn.

select private.define_tenant_step(72, 'define_follow_ups', $ddl$

create table follow_ups (
  session_id uuid primary key references sessions (id) on delete cascade,
  turn_id uuid references turns (id) on delete set null,
  fence bigint not null,
  due_at timestamptz not null,
  note text not null,
  created_at timestamptz not null default now()
);
comment on table follow_ups is 'The reminder of a conversation. It holds only while the session''s fence is its own; else it is history.';
create index follow_ups_by_turn on follow_ups (turn_id) where turn_id is not null;

alter table follow_ups enable row level security;
grant select on follow_ups to authenticated;
create policy "Members read the reminders of their tenant" on follow_ups
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "The worker of this tenant" on follow_ups
  for all to engine_worker using (true) with check (true);

$ddl$);

create function engine.has_follow_up(p_session_id uuid, p_fence bigint) returns boolean
language plpgsql stable
as $$
begin
  return exists (select from follow_ups f where f.session_id = p_session_id and f.fence = p_fence and f.due_at <= now());
end
$$;
comment on function engine.has_follow_up is 'Whether a reminder is due that nothing has cancelled since it was planned.';

create function engine.plan_follow_ups(p_committed jsonb) returns void
language plpgsql
as $$
begin
  -- One reminder for each silence: a reminder plans none.
  with wanted as (
    select distinct on (s.id) s.id as session_id, r.turn_id, s.fence, s.window_expires_at, e.effect ->> 'note' as note,
      now() + make_interval(mins => (e.effect ->> 'afterMinutes')::integer) as due_at
    from jsonb_to_recordset(p_committed) as r (turn_id uuid, session_id uuid, effects jsonb)
    cross join lateral jsonb_array_elements(r.effects) as e (effect)
    join turns t on t.id = r.turn_id and t.cause <> 'follow_up'
    join sessions s on s.id = r.session_id and s.holder = 'bot' and s.status = 'open'
    where e.effect ->> 'kind' = 'schedule_follow_up'
      and not exists (select from pending_messages p where p.session_id = s.id)
    order by s.id
  ), planned as (
    insert into follow_ups as f (session_id, turn_id, fence, due_at, note)
    select w.session_id, w.turn_id, w.fence, w.due_at, w.note from wanted w
    -- The reply has to be out before the window closes.
    where w.due_at < w.window_expires_at - interval '5 minutes'
    on conflict (session_id) do update set
      turn_id = excluded.turn_id, fence = excluded.fence, due_at = excluded.due_at, note = excluded.note, created_at = now()
    returning f.session_id, f.due_at
  ), due as (
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at, cause)
    select tenant_id(), current_schema(), p.session_id, 'turn', p.due_at, 'follow_up' from planned p
    on conflict (tenant_id, session_id, work) do nothing
  )
  insert into events (session_id, actor_type, name, body)
  select w.session_id, 'bot', 'follow_up_skipped', jsonb_build_object('turn_id', w.turn_id, 'reason', 'window_closed')
  from wanted w where w.session_id not in (select p.session_id from planned p);
end
$$;
comment on function engine.plan_follow_ups is
  'Plans the reminders that turns decided on, inside the reply window. What cannot be said inside it is recorded and not planned.';

create function engine.take_follow_ups(p_judged jsonb) returns jsonb
language plpgsql
as $$
declare
  v_notes jsonb;
begin
  with taken as (
    delete from follow_ups f
    using jsonb_to_recordset(p_judged) as j (session_id uuid, cause text)
    where f.session_id = j.session_id and j.cause = 'follow_up'
    returning f.session_id, f.note
  )
  select jsonb_object_agg(t.session_id, t.note) into v_notes from taken t;
  return coalesce(v_notes, '{}');
end
$$;
comment on function engine.take_follow_ups is 'Takes the reminders whose turns begin; returns what they were for, by session.';

revoke execute on function engine.has_follow_up, engine.plan_follow_ups, engine.take_follow_ups from public;
grant execute on function engine.has_follow_up, engine.plan_follow_ups, engine.take_follow_ups to engine_worker;
