-- What the provider says about an account and its templates. Run in the tenant path that their caller has set.

create function engine.find_template(p_account_id text, p_event jsonb) returns uuid
language plpgsql stable
as $$
begin
  return (
    select t.id from message_templates t
    where t.account_id = p_account_id and (
      (t.name = p_event ->> 'name' and t.language = p_event ->> 'language') or t.external_id = p_event ->> 'templateId'
    )
    order by (t.name = p_event ->> 'name' and t.language = p_event ->> 'language') desc nulls last
    limit 1
  );
end
$$;
comment on function engine.find_template is 'The template that an event speaks of, by name and language or by the provider''s id, or null.';

create function engine.replace_components(p_components jsonb, p_event jsonb) returns jsonb
language sql immutable set search_path = ''
as $$
  with told as (
    select jsonb_build_object('type', t.type, 'text', t.text)
      || case when t.type = 'HEADER' then '{"format": "TEXT"}'::jsonb else '{}' end as component, t.type
    from (values
      ('HEADER', p_event ->> 'headerText'), ('BODY', p_event ->> 'bodyText'), ('FOOTER', p_event ->> 'footerText')
    ) as t (type, text)
    where t.text is not null
  ), every as (
    select component, type from told
    union all
    select c.component, c.component ->> 'type' from jsonb_array_elements(p_components) as c (component)
    where c.component ->> 'type' not in (select type from told)
  )
  select coalesce(
    jsonb_agg(component order by array_position('{HEADER,BODY,FOOTER,BUTTONS}'::text[], type) nulls last), '[]'
  ) from every
$$;
comment on function engine.replace_components is 'The components of a template with the words that an event tells; the others stay.';

create function engine.follow_template(p_account_id text, p_event jsonb) returns void
language plpgsql
as $$
declare
  v_about text := p_event ->> 'about';
  v_template_id uuid := engine.find_template(p_account_id, p_event);
begin
  if v_template_id is null and p_event ? 'name' and p_event ? 'language' then
    insert into message_templates (account_id, external_id, name, language)
    values (p_account_id, p_event ->> 'templateId', p_event ->> 'name', p_event ->> 'language')
    on conflict (account_id, name, language) do nothing;
    v_template_id := engine.find_template(p_account_id, p_event);
  end if;
  update message_templates t
  set external_id = coalesce(p_event ->> 'templateId', t.external_id),
    status = case when v_about <> 'template_status' then t.status
      when p_event ->> 'event' = 'REINSTATED' then 'approved' else lower(p_event ->> 'event') end,
    reason = case when v_about = 'template_status' then p_event ->> 'reason' else t.reason end,
    category = coalesce(lower(case v_about
      when 'template_status' then p_event ->> 'category' when 'template_category' then p_event ->> 'current'
    end), t.category),
    quality = coalesce(lower(case when v_about = 'template_quality' then p_event ->> 'current' end), t.quality),
    components = case when v_about = 'template_components'
      then engine.replace_components(t.components, p_event) else t.components end,
    told_at = t.told_at || jsonb_build_object(v_about, p_event ->> 'timestamp'),
    updated_at = now()
  where t.id = v_template_id
    and coalesce((t.told_at ->> v_about)::timestamptz, '-infinity') <= (p_event ->> 'timestamp')::timestamptz;
end
$$;
comment on function engine.follow_template is
  'Makes a template what the provider says it is; one that is not known is added. Older news changes nothing.';

create function engine.receive_account_events(
  p_config_id uuid, p_account_id text, p_events jsonb, p_is_shared boolean
) returns jsonb
language plpgsql
as $$
declare
  v_event jsonb;
  v_stored integer := 0;
  v_unclaimed jsonb := '[]';
begin
  perform private.describe_channel(p_config_id);
  for v_event in select e.event from jsonb_array_elements(p_events) as e (event) loop
    if p_is_shared and v_event ->> 'about' like 'template\_%'
      and engine.find_template(p_account_id, v_event) is null then
      v_unclaimed := v_unclaimed || jsonb_build_array(v_event -> 'externalId');
      continue;
    end if;
    continue when engine.keep_channel_events(p_config_id, jsonb_build_array(jsonb_build_object(
      'kind', 'account', 'externalId', v_event -> 'externalId', 'timestamp', v_event -> 'timestamp', 'body', v_event
    ))) = '{}';
    v_stored := v_stored + 1;
    if v_event ->> 'about' like 'template\_%' then
      perform engine.follow_template(p_account_id, v_event);
    end if;
  end loop;
  return jsonb_build_object('stored', v_stored, 'unclaimed', v_unclaimed);
end
$$;
comment on function engine.receive_account_events is
  'Keeps what is said about an account and follows its templates. With p_is_shared, other tenants have numbers of the account too: a template that this tenant does not have is left, and listed in unclaimed. P0002 if the number is not of this tenant.';

revoke execute on function
  engine.find_template, engine.replace_components, engine.follow_template, engine.receive_account_events from public;
grant execute on function
  engine.find_template, engine.replace_components, engine.follow_template, engine.receive_account_events
  to engine_worker;
