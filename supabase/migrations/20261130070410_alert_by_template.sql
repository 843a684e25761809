-- Tenant step 121: telling people on WhatsApp, by a template that the tenant chose. The message is one like any other: it
-- leaves through the same delivery, in the rates of its number, and its statuses are the receipts.

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

select private.define_tenant_step(121, 'alert_by_template', $ddl$

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

revoke execute on function
  private.blanks_of, private.read_alert_template, engine.staff_session, engine.tell_by_template
  from public;
grant execute on function private.blanks_of, private.read_alert_template to authenticated, engine_worker;
grant execute on function engine.staff_session, engine.tell_by_template to engine_worker;
