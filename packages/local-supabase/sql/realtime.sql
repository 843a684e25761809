-- The database side of Realtime, with the signatures that Supabase ships. Rows of realtime.messages are delivered to
-- the subscribers of their topic.

create schema realtime;
grant usage on schema realtime to postgres, anon, authenticated, service_role;

create table realtime.messages (
  topic text not null,
  extension text not null,
  payload jsonb,
  event text,
  private boolean default false,
  updated_at timestamp without time zone not null default now(),
  inserted_at timestamp without time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  binary_payload bytea,
  primary key (id, inserted_at),
  constraint one_payload check (payload is null or binary_payload is null)
);
create index messages_for_replay on realtime.messages (inserted_at desc, topic)
  where extension = 'broadcast' and private;
alter table realtime.messages enable row level security;
grant select, insert, update, delete on realtime.messages to postgres, anon, authenticated, service_role;

create function realtime.topic() returns text
language sql stable
as $$ select nullif(current_setting('realtime.topic', true), '') $$;

-- Runs with every message, so that assignments stand where statements could.
create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql
as $$
declare
  v_id uuid := gen_random_uuid();
  v_topic text;
  v_payload jsonb;
begin
  v_topic := set_config('realtime.topic', topic, true);
  v_payload := case when payload ? 'id' then payload else payload || jsonb_build_object('id', v_id) end;
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (v_id, v_payload, event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end
$$;

create function realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text default 'ROW'
) returns void
language plpgsql
as $$
begin
  perform realtime.send(
    jsonb_build_object(
      'old_record', old, 'record', new, 'operation', operation, 'table', table_name, 'schema', table_schema
    ),
    event_name, topic_name, true
  );
end
$$;

grant execute on all functions in schema realtime to postgres, anon, authenticated, service_role;

do $$
begin
  -- Supabase lets the project's owner write policies on this table; plain Postgres asks for its ownership.
  alter table realtime.messages owner to postgres;
end
$$;
