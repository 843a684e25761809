-- Tenant step 74: tools that tenants define, requests to services of their own.

select private.define_tenant_step(74, 'define_tools', $ddl$

create table tools (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  description text not null,
  parameters jsonb not null,
  url_template text not null,
  method text not null default 'GET',
  secret_headers text[] not null default '{}',
  timeout_ms integer not null default 10000,
  retries integer not null default 0,
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint name_is_taken_once unique (name),
  constraint name_is_lowercase_words check (name ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint description_says_something check (length(btrim(description)) between 1 and 1000),
  constraint parameters_are_a_schema_of_an_object check (
    jsonb_typeof(parameters) = 'object' and parameters ->> 'type' = 'object' and pg_column_size(parameters) < 20000
  ),
  -- The name that is called is fixed; the guard of each call checks where it leads.
  constraint url_has_a_fixed_host check (url_template ~ '^https?://[^/?#{}\\@ ]+([/?][^ ]*)?$' and length(url_template) <= 2000),
  constraint method_is_known check (method in ('GET', 'POST', 'PUT', 'PATCH', 'DELETE')),
  constraint timeout_is_bounded check (timeout_ms between 500 and 30000),
  constraint retries_are_bounded check (retries between 0 and 3),
  constraint secret_headers_are_few check (cardinality(secret_headers) <= 5)
);
comment on table tools is 'A request to a service of the tenant that a model may make where a state of the machine lists it.';
comment on column tools.secret_headers is
  'Names of headers whose values are sealed in private.tenant_secrets as tool/<name of the tool>/<header>.';

alter table tools enable row level security;
grant select, insert (name, description, parameters, url_template, method, secret_headers, timeout_ms, retries, is_enabled),
  update (name, description, parameters, url_template, method, secret_headers, timeout_ms, retries, is_enabled, updated_at),
  delete on tools to authenticated;
create policy "Members read the tools of their tenant" on tools
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Owners and admins define tools" on tools
  for insert to authenticated with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins change tools" on tools
  for update to authenticated
  using ((select private.may_administer(tenant_id()))) with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins delete tools" on tools
  for delete to authenticated using ((select private.may_administer(tenant_id())));
create policy "The worker of this tenant" on tools
  for all to engine_worker using (true) with check (true);

$ddl$);

create type api.tool as (
  id uuid, name text, description text, parameters jsonb, url_template text, method text, secret_headers text[],
  timeout_ms integer, retries integer, is_enabled boolean, updated_at timestamptz
);

create function api.list_tools(p_tenant_id uuid) returns setof api.tool
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select t.id, t.name, t.description, t.parameters, t.url_template, t.method, t.secret_headers, t.timeout_ms, t.retries,
      t.is_enabled, t.updated_at
    from tools t order by t.name;
end
$$;
comment on function api.list_tools is 'The tools that a tenant has defined; never the values of their secret headers.';

create function api.save_tool(p_tenant_id uuid, p_tool jsonb) returns uuid
language plpgsql
as $$
declare
  v_id uuid;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot define a tool of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(p_tool) is distinct from 'object' then
    raise exception 'Cannot define a tool of tenant "%": it is an object', p_tenant_id using errcode = 'PT400';
  end if;
  if p_tool ->> 'name' in (
    'search_knowledge', 'update_contact', 'set_fields', 'escalate', 'schedule_follow_up', 'send_media', 'send_buttons', 'send_list'
  ) then
    raise exception 'Cannot define tool "%": the engine has one of that name', p_tool ->> 'name' using errcode = 'PT409';
  end if;
  if (select count(*) from tools t where t.name <> coalesce(p_tool ->> 'name', '')) >= 50 then
    raise exception 'Cannot define another tool: a tenant has at most 50' using errcode = 'PT409';
  end if;
  if exists (
    select from jsonb_array_elements_text(coalesce(p_tool -> 'secret_headers', '[]')) as h (name)
    where h.name !~ '^[a-z][a-z0-9-]{0,63}$'
      or h.name in ('host', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'idempotency-key', 'accept')
  ) then
    raise exception 'Cannot define tool "%": a secret header has a lowercase name, and is none that the request sets itself',
      p_tool ->> 'name' using errcode = 'PT400';
  end if;
  insert into tools as t (name, description, parameters, url_template, method, secret_headers, timeout_ms, retries, is_enabled)
  select n.name, n.description, n.parameters, n.url_template, coalesce(n.method, 'GET'), coalesce(n.secret_headers, '{}'),
    coalesce(n.timeout_ms, 10000), coalesce(n.retries, 0), coalesce(n.is_enabled, true)
  from jsonb_to_record(p_tool) as n (
    name text, description text, parameters jsonb, url_template text, method text, secret_headers text[],
    timeout_ms integer, retries integer, is_enabled boolean
  )
  on conflict (name) do update set
    description = excluded.description, parameters = excluded.parameters, url_template = excluded.url_template,
    method = excluded.method, secret_headers = excluded.secret_headers, timeout_ms = excluded.timeout_ms,
    retries = excluded.retries, is_enabled = excluded.is_enabled, updated_at = now()
  returning t.id into v_id;
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'tool_saved', jsonb_build_object('name', p_tool ->> 'name'));
  return v_id;
exception
  when check_violation or not_null_violation or invalid_text_representation or numeric_value_out_of_range then
    raise exception 'Cannot define tool "%": %', p_tool ->> 'name', sqlerrm using errcode = 'PT400';
end
$$;
comment on function api.save_tool is
  'Defines a tool, or changes the one of that name: name, description, parameters (a JSON schema of an object), url_template, method, secret_headers, timeout_ms, retries, is_enabled. PT400 for what is out of bounds.';

create function api.delete_tool(p_tenant_id uuid, p_name text) returns boolean
language plpgsql
as $$
declare
  v_headers text[];
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot delete a tool of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  delete from tools t where t.name = p_name returning t.secret_headers into v_headers;
  if not found then
    return false;
  end if;
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'tool_deleted', jsonb_build_object('name', p_name));
  perform private.forget_tenant_secret(p_tenant_id, 'tool/' || p_name || '/' || h.name) from unnest(v_headers) as h (name);
  return true;
end
$$;
comment on function api.delete_tool is 'Deletes a tool and the secrets of its headers; false if there was none. States that list it go on without it.';

create function engine.list_tools() returns jsonb
language plpgsql stable
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'name', t.name, 'description', t.description, 'parameters', t.parameters, 'urlTemplate', t.url_template,
      'method', t.method, 'timeoutMs', t.timeout_ms, 'retries', t.retries, 'secretHeaders', t.secret_headers,
      'sealed', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', s.name, 'keyId', s.key_id, 'nonce', encode(s.nonce, 'base64'), 'ciphertext', encode(s.ciphertext, 'base64')
        )), '[]')
        from private.tenant_secrets s
        where s.tenant_id = tenant_id() and s.name in (
          select 'tool/' || t.name || '/' || h.header from unnest(t.secret_headers) as h (header)
        )
      )
    ) order by t.name), '[]')
    from tools t where t.is_enabled
  );
end
$$;
comment on function engine.list_tools is 'The tools of a tenant that are on, with the sealed values of their secret headers.';

revoke execute on function api.list_tools, api.save_tool, api.delete_tool, engine.list_tools from public;
grant execute on function api.list_tools, api.save_tool, api.delete_tool to authenticated;
grant execute on function engine.list_tools to engine_worker;
