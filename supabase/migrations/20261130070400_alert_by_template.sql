-- Tenant step 93: people who are told on WhatsApp too, by a template that the tenant chose, on a number that they proved
-- to be theirs: they send a code from it to the tenant's number. The message is one like any other: it leaves through the
-- same delivery, in the rates of its number, and its statuses are the receipts.

-- `security definer` because the trigger serves the tables of every tenant and names them.
create function private.follow_alert_message() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  execute format(
    'update %I.alerts a
     set sent_at = case when $2 then coalesce(a.sent_at, now()) else a.sent_at end,
       delivered_at = case when $3 then coalesce(a.delivered_at, now()) else a.delivered_at end,
       opened_at = case when $4 then coalesce(a.opened_at, now()) else a.opened_at end,
       failure = $5
     where a.message_id = $1', tg_table_schema
  )
  using new.id, new.status in ('sent', 'delivered', 'read', 'played'), new.status in ('delivered', 'read', 'played'),
    new.status in ('read', 'played'),
    case when new.status in ('failed', 'cancelled') then coalesce(new.error ->> 'reason', new.error ->> 'meaning', 'failed') end;
  return null;
end
$$;
comment on function private.follow_alert_message is 'What the provider says of a template to somebody of the team is a receipt of the alert.';
revoke execute on function private.follow_alert_message from public;

select private.define_tenant_step(93, 'alert_by_template', $ddl$

create table alert_phones (
  user_id uuid primary key,
  code text not null unique,
  code_expires_at timestamptz not null,
  phone text,
  verified_at timestamptz,
  created_at timestamptz not null default now(),
  constraint phone_is_digits check (phone ~ '^[0-9]{6,15}$'),
  constraint verified_means_a_phone check ((phone is null) = (verified_at is null))
);
comment on table alert_phones is
  'A person of the tenant who is told on WhatsApp: the code that they send to prove their number, and the number that it came from.';

alter table alert_phones enable row level security;
grant select, insert (user_id, code, code_expires_at), update (code, code_expires_at, phone, verified_at), delete
  on alert_phones to authenticated;
create policy "People see their own number" on alert_phones
  for select to authenticated
  using ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()));
create policy "People ask for a code of their own" on alert_phones
  for insert to authenticated
  with check ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()));
create policy "People change their own number" on alert_phones
  for update to authenticated
  using ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()))
  with check ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()));
create policy "People take their own number back" on alert_phones
  for delete to authenticated
  using ((select private.is_member_of(tenant_id())) and user_id = (select private.caller_id()));
create policy "The worker of this tenant" on alert_phones
  for all to engine_worker using (true) with check (true);

create trigger alert_hears_of_its_message after update of status on messages
  for each row when (new.sender_type = 'system' and new.type = 'template')
  execute function private.follow_alert_message();

$ddl$);

create function private.blanks_of(p_text text) returns text[]
language sql immutable set search_path = ''
as $$
  select coalesce(array_agg(b.name order by b.place), '{}') from (
    select m[1] as name, min(place) as place
    from regexp_matches(p_text, '\{\{\s*([A-Za-z0-9_]+)\s*\}\}', 'g') with ordinality as r (m, place)
    group by m[1]
  ) b
$$;
comment on function private.blanks_of is 'The names or numbers of what is to be filled in a template''s text, in order.';

create function private.read_alert_template(p_tenant_id uuid, p_choice jsonb) returns jsonb
language plpgsql stable
as $$
-- Runs in its caller's tenant path.
begin
  return (
    select jsonb_build_object(
      'config_id', c.id, 'name', t.name, 'language', t.language, 'body', body.part ->> 'text',
      'blanks', to_jsonb(private.blanks_of(body.part ->> 'text')), 'button', link.place - 1,
      'send_to', regexp_replace(c.settings ->> 'display_phone_number', '[^0-9]', '', 'g')
    )
    from public.client_configs c
    join message_templates t on t.account_id = c.settings ->> 'waba_id'
    cross join lateral (
      select p.part from jsonb_array_elements(t.components) as p (part) where p.part ->> 'type' = 'BODY' limit 1
    ) body
    cross join lateral (
      select b.place from jsonb_array_elements(t.components) as p (part)
      cross join lateral jsonb_array_elements(p.part -> 'buttons') with ordinality as b (button, place)
      where p.part ->> 'type' = 'BUTTONS' and b.button ->> 'type' = 'URL' and b.button ->> 'url' ~ '\{\{1\}\}$'
      limit 1
    ) link
    where c.client_id = p_tenant_id and c.id = (p_choice ->> 'config_id')::uuid and c.is_enabled
      and t.name = p_choice ->> 'name' and t.language = p_choice ->> 'language' and t.status = 'approved'
      and cardinality(private.blanks_of(body.part ->> 'text')) <= 2
      and not exists (
        select from jsonb_array_elements(t.components) as p (part)
        where p.part ->> 'type' = 'HEADER' and (p.part ->> 'format' <> 'TEXT' or p.part ->> 'text' ~ '\{\{')
      )
  );
end
$$;
comment on function private.read_alert_template is
  'The template that tells people, if it is approved and can: up to two blanks in its body (the contact''s name, the tenant''s), nothing to fill in its header, and a button whose address ends with {{1}}, where the conversation''s is put. Else null.';

create function engine.staff_session(p_contact_id uuid, p_config_id uuid) returns uuid
language plpgsql
as $$
declare
  v_id uuid;
begin
  select s.id into v_id from sessions s
  where s.contact_id = p_contact_id and s.config_id = p_config_id and s.status = 'archived' and s.tags = '{staff}'
  limit 1;
  if v_id is null then
    insert into sessions (contact_id, config_id, holder, status, resolved_at, tags)
    values (p_contact_id, p_config_id, 'human', 'archived', now(), '{staff}') returning id into v_id;
  end if;
  return v_id;
end
$$;
comment on function engine.staff_session is
  'Where messages to somebody of the team are kept: archived, so that no queue shows it and nothing that they write goes there.';

create function engine.tell_by_template(p_request record, p_people uuid[], p_rung text, p_settings jsonb) returns void
language plpgsql
as $$
declare
  v_template jsonb;
  v_values text[];
  v_blanks text[];
  v_text text;
  v_person record;
  v_alert_id uuid;
  v_session_id uuid;
  v_message_id uuid;
begin
  if jsonb_typeof(p_settings -> 'template') is distinct from 'object' then
    return;
  end if;
  v_template := private.read_alert_template(tenant_id(), p_settings -> 'template');
  if v_template is null then
    return;
  end if;
  -- What WhatsApp takes as a value has no line breaks and is not empty (132018).
  select array[
    case when p_settings -> 'show_names' is distinct from 'false'::jsonb
      then coalesce(nullif(btrim(left(regexp_replace(p_request.contact_name, '\s+', ' ', 'g'), 60)), ''), '—') else '—' end,
    left(t.name, 60)
  ] into v_values from public.tenants t where t.id = tenant_id();
  v_blanks := array(select jsonb_array_elements_text(v_template -> 'blanks'));
  v_text := v_template ->> 'body';
  for i in 1 .. cardinality(v_blanks) loop
    v_text := replace(regexp_replace(v_text, '\{\{\s*' || v_blanks[i] || '\s*\}\}', '{{}}', 'g'), '{{}}', v_values[i]);
  end loop;
  for v_person in
    select p.user_id, i.contact_id from alert_phones p
    join contact_identities i on i.channel_type = 'whatsapp' and i.kind = 'phone' and i.external_id = p.phone
    where p.user_id = any (p_people) and p.verified_at is not null
    order by p.user_id
  loop
    insert into alerts (escalation_id, round, rung, cause, user_id, way)
    values (p_request.id, p_request.alert_round, p_rung, p_request.alert_cause, v_person.user_id, 'whatsapp')
    on conflict do nothing returning id into v_alert_id;
    continue when v_alert_id is null;
    v_session_id := engine.staff_session(v_person.contact_id, (v_template ->> 'config_id')::uuid);
    insert into messages (session_id, config_id, direction, sender_type, type, content, payload, status)
    values (v_session_id, (v_template ->> 'config_id')::uuid, 'outbound', 'system', 'template', v_text,
      jsonb_build_object(
        'type', 'template', 'name', v_template ->> 'name', 'language', v_template ->> 'language',
        'body', (
          select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'text', v_values[b.place], 'name', case when b.name !~ '^[0-9]+$' then b.name end
          )) order by b.place), '[]')
          from unnest(v_blanks) with ordinality as b (name, place)
        ),
        'buttons', jsonb_build_array(jsonb_build_object(
          'kind', 'url', 'index', (v_template ->> 'button')::integer,
          'text', format('t/%s/c/%s', p_request.slug, p_request.session_id)
        ))
      ), 'queued')
    returning id into v_message_id;
    update alerts a set message_id = v_message_id where a.id = v_alert_id;
    insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
    values (tenant_id(), current_schema(), v_session_id, 'delivery', now())
    on conflict (tenant_id, session_id, work) do update set due_at = least(private.due_work.due_at, excluded.due_at);
  end loop;
end
$$;
comment on function engine.tell_by_template is
  'Queues the tenant''s template to those of these people who proved a number of theirs; nothing where the template cannot be sent at present.';

create type api.alert_phone as (code text, code_expires_at timestamptz, phone text, verified_at timestamptz, send_to text);

create function private.describe_alert_phone(p_tenant_id uuid) returns setof api.alert_phone
language plpgsql
as $$
-- Runs in its caller's tenant path.
begin
  return query
    select p.code, p.code_expires_at, p.phone, p.verified_at, private.read_alert_template(t.id, t.settings -> 'alerts' -> 'template') ->> 'send_to'
    from public.tenants t left join alert_phones p on p.user_id = private.caller_id()
    where t.id = p_tenant_id;
end
$$;
comment on function private.describe_alert_phone is 'How the caller is told on WhatsApp; send_to is null where the tenant has no template that can be sent.';

create function api.get_alert_phone(p_tenant_id uuid) returns setof api.alert_phone
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query select * from private.describe_alert_phone(p_tenant_id);
end
$$;
comment on function api.get_alert_phone is
  'Whether and where the caller is told on WhatsApp, and the tenant''s number that a code is sent to; send_to is null where the tenant chose no template.';

create function api.ask_alert_code(p_tenant_id uuid) returns setof api.alert_phone
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  insert into alert_phones as p (user_id, code, code_expires_at)
  values (private.caller_id(), 'aviso' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 10), now() + interval '30 minutes')
  on conflict (user_id) do update set code = excluded.code, code_expires_at = excluded.code_expires_at;
  return query select * from private.describe_alert_phone(p_tenant_id);
end
$$;
comment on function api.ask_alert_code is
  'Gives the caller a code to send from their own phone to the tenant''s number within 30 minutes. A number that was proven stays until another one is.';

create function api.confirm_alert_phone(p_tenant_id uuid) returns setof api.alert_phone
language plpgsql
as $$
declare
  v_code text;
  v_phone text;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  select p.code into v_code from alert_phones p where p.user_id = private.caller_id() and p.code_expires_at > now();
  select i.external_id into v_phone
  from messages m
  join sessions s on s.id = m.session_id
  join contact_identities i on i.contact_id = s.contact_id and i.channel_type = 'whatsapp' and i.kind = 'phone'
  where m.direction = 'inbound' and m.content <> '' and m.created_at > now() - interval '40 minutes'
    and private.words_of(m.content) @@ plainto_tsquery('pg_catalog.simple', v_code)
  order by m.seq desc limit 1;
  if v_phone is null then
    raise exception 'Cannot confirm the number: its code has not arrived' using errcode = 'PT409', detail = 'code_not_seen';
  end if;
  update alert_phones p set phone = v_phone, verified_at = now(), code_expires_at = now() where p.user_id = private.caller_id();
  return query select * from private.describe_alert_phone(p_tenant_id);
end
$$;
comment on function api.confirm_alert_phone is
  'The caller has sent the code: the number that it came from is theirs from now on. PT409 (code_not_seen) while it has not arrived.';

create function api.forget_alert_phone(p_tenant_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  delete from alert_phones p where p.user_id = private.caller_id();
end
$$;
comment on function api.forget_alert_phone is 'Tells the caller on WhatsApp no more.';

revoke execute on function
  private.blanks_of, private.read_alert_template, private.describe_alert_phone, engine.staff_session,
  engine.tell_by_template, api.get_alert_phone, api.ask_alert_code, api.confirm_alert_phone, api.forget_alert_phone
  from public;
grant execute on function private.blanks_of, private.read_alert_template to authenticated, engine_worker;
grant execute on function
  private.describe_alert_phone, api.get_alert_phone, api.ask_alert_code, api.confirm_alert_phone, api.forget_alert_phone
  to authenticated;
grant execute on function engine.staff_session, engine.tell_by_template to engine_worker;
