-- A refusal undoes its transaction, and with it every row that could tell of it. What stays is the server's log: a line
-- of level LOG is written wherever the project runs, whatever becomes of the transaction.

create function private.note_refusal(p_code text, p_tenant_id uuid default null) returns void
language plpgsql set search_path = ''
as $$
declare
  v_path text;
begin
  get diagnostics v_path = pg_context;
  raise log '%', jsonb_build_object(
    'event', 'refused',
    'code', p_code,
    'caller', private.caller_id(),
    'tenant', p_tenant_id,
    -- The outermost of our functions is the one that was called; which schemas are said depends on the caller's path.
    'function', (
      select f.found[1]
      from regexp_matches(v_path, 'PL/pgSQL function (?:api\.|private\.)?(\w+)\(', 'g') with ordinality as f (found, place)
      order by f.place desc limit 1
    )
  );
end
$$;
comment on function private.note_refusal is
  'Writes one line of JSON to the server''s log before a function refuses its caller: code, who called, the tenant they named, which function. No text, no address; ids of what was asked for stay in the error itself.';
revoke execute on function private.note_refusal from public;
grant execute on function private.note_refusal to authenticated;
