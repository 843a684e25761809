-- Where rows cannot be followed in the write-ahead log, as in PGlite, notifications carry them to the realtime server.
-- They have a price: Postgres lets one transaction that notifies commit at a time.

-- A notification holds at most 8,000 bytes; a larger row is announced by its id alone and read by the server.
create or replace function realtime.announce_messages() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_message record;
  v_text text;
begin
  for v_message in select * from inserted where extension = 'broadcast' loop
    v_text := jsonb_build_object(
      'id', v_message.id, 'topic', v_message.topic, 'event', v_message.event,
      'private', v_message.private, 'payload', v_message.payload
    )::text;
    if octet_length(v_text) > 7000 then
      v_text := jsonb_build_object('id', v_message.id)::text;
    end if;
    perform pg_notify('realtime_messages', v_text);
  end loop;
  return null;
end
$$;

create or replace trigger announce_messages after insert on realtime.messages
  referencing new table as inserted for each statement execute function realtime.announce_messages();
