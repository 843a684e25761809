-- Lives in pg_temp of the connection that probes. Everything it tries is undone; only what it saw comes back.

-- One statement as one actor: {"rows"} that it touched, {"moved"} if what `watch` reads was changed by it, {"result"} if it
-- is asked for, or {"code", "text"} of the refusal. `{columns}` in the statement becomes the columns of `relation` that
-- the actor holds `privilege` on; without one, the statement is refused as Postgres would.
create or replace function pg_temp.attempt(p_attempt jsonb) returns jsonb
language plpgsql
as $$
declare
  v_statement text := p_attempt ->> 'statement';
  v_columns text;
  v_before text;
  v_after text;
  v_rows bigint;
  v_result text;
  v_detail text;
  v_hint text;
begin
  if p_attempt ? 'watch' then
    execute p_attempt ->> 'watch' into v_before;
  end if;
  begin
    perform set_config(name, value, true) from jsonb_each_text(p_attempt -> 'settings') as s (name, value);
    perform set_config('role', p_attempt ->> 'role', true);
    if p_attempt ? 'relation' then
      select string_agg(quote_ident(c), ', ') into v_columns from jsonb_array_elements_text(p_attempt -> 'columns') c
      where has_column_privilege(p_attempt ->> 'relation', c, p_attempt ->> 'privilege');
      if v_columns is null then
        raise insufficient_privilege using message = 'no column';
      end if;
      v_statement := replace(v_statement, '{columns}', v_columns);
    end if;
    if p_attempt ? 'result' then
      execute format('select jsonb_agg(to_jsonb(r))::text, count(*) from (%s) r', v_statement) into v_result, v_rows;
    else
      execute v_statement;
      get diagnostics v_rows = row_count;
    end if;
    perform set_config('role', 'none', true);
    if p_attempt ? 'watch' then
      execute p_attempt ->> 'watch' into v_after;
    end if;
    raise exception using errcode = 'UNDO0';
  exception
    when sqlstate 'UNDO0' then
      return jsonb_build_object('rows', v_rows, 'moved', v_before is distinct from v_after, 'result', v_result);
    when others then
      get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
      return jsonb_build_object('code', sqlstate, 'text', concat_ws(' ', sqlerrm, v_detail, v_hint));
  end;
end
$$;

-- Many attempts after some changes of the schema, all of it undone.
create or replace function pg_temp.attempt_all(p_attempts jsonb, p_changes jsonb) returns jsonb
language plpgsql
as $$
declare
  v_change text;
  v_outcomes jsonb;
begin
  begin
    for v_change in select jsonb_array_elements_text(p_changes) loop
      execute v_change;
    end loop;
    select coalesce(jsonb_agg(pg_temp.attempt(a) order by place), '[]') into v_outcomes
    from jsonb_array_elements(p_attempts) with ordinality as t (a, place);
    raise exception using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then
    return v_outcomes;
  end;
end
$$;
