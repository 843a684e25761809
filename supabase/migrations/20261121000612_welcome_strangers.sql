-- Whoever writes for the first time. Runs in the tenant path that its caller has set, planned once for each tenant and
-- connection where it is called with a type of that tenant (see engine.store_messages). What is there is looked up by key,
-- as a value and not with `exists`, which a plan made while the tables were small would turn into a join.

create function engine.welcome_strangers(p_tenant anyelement, p_config_id uuid, p_messages jsonb) returns uuid[]
language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_session_ids uuid[];
begin
  with said as materialized (
    select e.message -> 'identities' as identities, (array_agg(e.message -> 'profile' order by e.place))[1] as profile,
      min(e.place) as place
    from jsonb_array_elements(p_messages) with ordinality as e (message, place)
    -- A message that is there already opens nothing.
    where (
      select m.id from messages m where m.config_id = p_config_id and m.external_id = e.message ->> 'externalId'
    ) is null
    group by e.message -> 'identities'
  ), named as (
    select s.*, g.channel_type, count(*) over (partition by i.identity) > 1 or (
        select c.id from contact_identities c
        where c.channel_type = g.channel_type and c.kind = i.identity ->> 'kind'
          and c.external_id = i.identity ->> 'externalId'
      ) is not null as is_known
    from said s
    cross join lateral jsonb_array_elements(s.identities) as i (identity)
    join public.client_configs g on g.id = p_config_id
  ), strangers as materialized (
    select gen_random_uuid() as contact_id, n.place, n.identities, n.profile, n.channel_type
    from named n
    group by n.place, n.identities, n.profile, n.channel_type
    having not bool_or(n.is_known)
  ), met as (
    insert into contacts (id, name)
    select s.contact_id, s.profile ->> 'name' from strangers s order by s.place
  ), kept as (
    insert into contact_identities (contact_id, channel_type, kind, external_id, profile)
    select s.contact_id, s.channel_type, i.identity ->> 'kind', i.identity ->> 'externalId', s.profile
    from strangers s cross join lateral jsonb_array_elements(s.identities) as i (identity)
  ), opened as (
    insert into sessions (contact_id, config_id)
    select s.contact_id, p_config_id from strangers s order by s.place
    returning id
  )
  select array(select o.id from opened o) into v_session_ids;
  return v_session_ids;
end
$$;
comment on function engine.welcome_strangers is
  'Makes contacts and conversations for the senders of whom nothing is known, and of whom no two share an identity: nearly all who write for the first time. Whoever else has no conversation is left to engine.find_contact. The caller holds the locks of the identities. Returns the new conversations.';

revoke execute on function engine.welcome_strangers from public;
grant execute on function engine.welcome_strangers to engine_worker;
