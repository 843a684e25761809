-- What people see of a channel beside its conversations.

create type api.channel_event as (
  id bigint, config_id uuid, kind text, contact_id uuid, body jsonb, occurred_at timestamptz
);

create function api.list_channel_events(
  p_tenant_id uuid, p_config_id uuid default null, p_kinds text[] default null, p_before_id bigint default null,
  p_limit integer default 50
) returns setof api.channel_event
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select e.id, e.config_id, e.kind, e.contact_id, e.body, e.occurred_at from channel_events e
    where (p_config_id is null or e.config_id = p_config_id)
      and (p_kinds is null or e.kind = any (p_kinds))
      and (p_before_id is null or e.id < p_before_id)
    order by e.id desc limit least(greatest(p_limit, 1), 200);
end
$$;
comment on function api.list_channel_events is
  'What channels told that is no message: reactions and edits, calls, preferences, words said in groups, problems, news of the account; newest first. The next page starts before the last row''s id. At most 200 rows.';

create type api.message_template as (
  id uuid, account_id text, external_id text, name text, language text, category text, status text, quality text,
  components jsonb, reason text, updated_at timestamptz
);

create function api.list_message_templates(
  p_tenant_id uuid, p_status text default null, p_config_id uuid default null
) returns setof api.message_template
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select t.id, t.account_id, t.external_id, t.name, t.language, t.category, t.status, t.quality, t.components,
      t.reason, t.updated_at
    from message_templates t
    where (p_status is null or t.status = p_status)
      and (p_config_id is null or t.account_id = (
        select c.settings ->> 'waba_id' from public.client_configs c
        where c.client_id = p_tenant_id and c.id = p_config_id
      ))
    order by t.name, t.language, t.id;
end
$$;
comment on function api.list_message_templates is 'The templates that the tenant knows: all, those with a status, those of the account that a number belongs to.';

create type api.channel_health as (
  config_id uuid, channel_type text, display_name text, is_enabled boolean, account jsonb, provider_errors bigint,
  last_provider_error jsonb, last_provider_error_at timestamptz
);

create function api.list_channel_health(p_tenant_id uuid) returns setof api.channel_health
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select c.id, c.channel_type, c.display_name, c.is_enabled,
      coalesce((
        select jsonb_object_agg(l.about, l.body) from (
          select distinct on (e.body ->> 'about') e.body ->> 'about' as about, e.body - 'body' as body
          from channel_events e
          where e.config_id = c.id and e.kind = 'account' and e.body ->> 'about' not like 'template\_%'
          order by e.body ->> 'about', e.occurred_at desc, e.id desc
        ) l
      ), '{}'),
      problems.amount, problems.last_body, problems.last_at
    from public.client_configs c
    cross join lateral (
      select count(*) as amount, (array_agg(e.body order by e.id desc))[1] as last_body, max(e.occurred_at) as last_at
      from channel_events e
      where e.config_id = c.id and e.kind = 'provider_error' and e.occurred_at > now() - interval '24 hours'
    ) problems
    where c.client_id = p_tenant_id
    order by c.display_name, c.id;
end
$$;
comment on function api.list_channel_health is
  'Each number of the tenant with the newest news of every kind about its account (quality and limits, name, restrictions, alerts) and the provider''s own problems of 24 hours.';

revoke execute on function api.list_channel_events, api.list_message_templates, api.list_channel_health from public;
grant execute on function api.list_channel_events, api.list_message_templates, api.list_channel_health to authenticated;
