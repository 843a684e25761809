-- The devices on which people let themselves be told. A subscription belongs to a membership, so it ends with it.

create table private.push_services (
  name text primary key,
  endpoints text not null,
  constraint endpoints_begin_with_a_whole_origin check (endpoints ~ '^\^https?://[^/]+/$')
);
comment on table private.push_services is
  'The push services of browsers: what the address of one of their subscriptions begins with, as a pattern. A browser sends the address, so nothing else is ever posted to; operators may add one.';
alter table private.push_services enable row level security;

insert into private.push_services (name, endpoints) values
  ('Chrome, Edge on Android, Samsung Internet', '^https://fcm\.googleapis\.com/'),
  ('Firefox', '^https://([a-z0-9-]+\.)*push\.services\.mozilla\.com/'),
  ('Edge on Windows', '^https://([a-z0-9-]+\.)*notify\.windows\.com/'),
  ('Safari', '^https://web\.push\.apple\.com/');

create table public.push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null,
  user_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  language text not null default 'es',
  created_at timestamptz not null default now(),
  constraint device_is_told_once_per_tenant unique (tenant_id, endpoint),
  constraint subscription_ends_with_the_membership foreign key (tenant_id, user_id)
    references public.tenant_members (tenant_id, user_id) on delete cascade,
  constraint endpoint_is_an_address check (length(endpoint) between 12 and 2000 and endpoint !~ '\s'),
  constraint p256dh_is_a_point check (p256dh ~ '^[A-Za-z0-9_-]{87}$'),
  constraint auth_has_sixteen_bytes check (auth ~ '^[A-Za-z0-9_-]{22}$'),
  constraint language_is_known check (language in ('es', 'en', 'pt'))
);
comment on table public.push_subscriptions is
  'A browser that shows notifications of a tenant to one of its people: where to post, and the keys that only this browser can open.';
alter table public.push_subscriptions enable row level security;
create index push_subscriptions_by_member on public.push_subscriptions (tenant_id, user_id);
create index push_subscriptions_by_endpoint on public.push_subscriptions (endpoint);

grant select, delete on public.push_subscriptions to authenticated;
create policy "People see their own devices" on public.push_subscriptions
  for select to authenticated using (user_id = (select private.caller_id()));
create policy "People forget their own devices" on public.push_subscriptions
  for delete to authenticated using (user_id = (select private.caller_id()));

grant select, delete on public.push_subscriptions to engine_worker;
create policy "Workers read the devices of their own tenant" on public.push_subscriptions
  for select to engine_worker
  using (tenant_id in (select t.id from public.tenants t where t.schema_name || '_worker' = current_user));
create policy "Workers forget devices of their own tenant" on public.push_subscriptions
  for delete to engine_worker
  using (tenant_id in (select t.id from public.tenants t where t.schema_name || '_worker' = current_user));

-- `security definer` because nobody reads the list of services.
create function private.is_push_service(p_endpoint text) returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select from private.push_services s where p_endpoint ~ s.endpoints) $$;
comment on function private.is_push_service is 'Whether an address is one of a known push service; asked when it is stored and again before each post.';

-- `security definer` because a device that changes hands leaves whoever had it before.
create function private.keep_push_subscription(p_tenant_id uuid, p_subscription jsonb, p_language text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_me uuid := private.caller_id();
  v_endpoint text := p_subscription ->> 'endpoint';
  v_id uuid;
begin
  if not private.is_member_of(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot keep a device for tenant "%": you do not act for it', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  if not coalesce(private.is_push_service(v_endpoint), false) then
    raise exception 'Cannot keep a device: its address is not that of a known push service'
      using errcode = 'PT400', detail = 'unknown_push_service';
  end if;
  delete from public.push_subscriptions s where s.endpoint = v_endpoint and s.user_id <> v_me;
  insert into public.push_subscriptions as s (tenant_id, user_id, endpoint, p256dh, auth, language)
  values (p_tenant_id, v_me, v_endpoint, p_subscription -> 'keys' ->> 'p256dh', p_subscription -> 'keys' ->> 'auth',
    coalesce(p_language, 'es'))
  on conflict (tenant_id, endpoint) do update
    set p256dh = excluded.p256dh, auth = excluded.auth, language = excluded.language
  returning s.id into v_id;
  -- Browsers make new addresses now and then; the push services tell of dead ones, and this bounds what is left.
  delete from public.push_subscriptions s
  where s.tenant_id = p_tenant_id and s.user_id = v_me and s.id not in (
    select n.id from public.push_subscriptions n where n.tenant_id = p_tenant_id and n.user_id = v_me
    order by n.id = v_id desc, n.created_at desc limit 10
  );
  return v_id;
exception when check_violation or not_null_violation then
  raise exception 'Cannot keep a device: that is no subscription of a browser' using errcode = 'PT400', detail = 'not_a_subscription';
end
$$;
comment on function private.keep_push_subscription is
  'Tells the caller on a device from now on, and nobody else who used it before; ten devices per person at most.';

create function api.keep_push_subscription(p_tenant_id uuid, p_subscription jsonb, p_language text default 'es') returns uuid
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  return private.keep_push_subscription(p_tenant_id, p_subscription, p_language);
end
$$;
comment on function api.keep_push_subscription is
  'Tells the caller on this device: p_subscription as PushSubscription.toJSON() gives it, p_language of the notifications. PT400 for an address of no known push service. Twice changes nothing.';

create function api.forget_push_subscription(p_tenant_id uuid, p_endpoint text, p_everywhere boolean default false) returns integer
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  delete from public.push_subscriptions s
  where s.user_id = private.caller_id() and s.endpoint = p_endpoint and (p_everywhere or s.tenant_id = p_tenant_id);
  return (
    select count(*)::integer from public.push_subscriptions s
    where s.user_id = private.caller_id() and s.endpoint = p_endpoint
  );
end
$$;
comment on function api.forget_push_subscription is
  'Tells the caller no more on this device, of this tenant or of all of theirs. Returns for how many tenants it still does.';

create type api.push_device as (id uuid, endpoint text, language text, created_at timestamptz);

create function api.list_push_devices(p_tenant_id uuid) returns setof api.push_device
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select s.id, s.endpoint, s.language, s.created_at from public.push_subscriptions s
    where s.tenant_id = p_tenant_id and s.user_id = private.caller_id()
    order by s.created_at desc;
end
$$;
comment on function api.list_push_devices is 'The devices on which the caller is told of this tenant, newest first.';

-- `security definer` because no person plans jobs.
create function private.plan_trial_push(p_tenant_id uuid, p_subscription_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  if not exists (
    select from public.push_subscriptions s
    where s.id = p_subscription_id and s.tenant_id = p_tenant_id and s.user_id = private.caller_id()
  ) then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find device "%"', p_subscription_id using errcode = 'PT404';
  end if;
  insert into private.jobs (tenant_id, name, payload, dedupe_key, max_attempts)
  select t.id, 'send_push', jsonb_build_object('subscription_id', p_subscription_id, 'notice',
      jsonb_build_object('kind', 'trial', 'slug', t.slug)),
    -- One in ten seconds, however often it is tapped.
    format('trial_push:%s:%s', p_subscription_id, floor(extract(epoch from now()) / 10)), 3
  from public.tenants t where t.id = p_tenant_id
  on conflict (dedupe_key) do nothing;
end
$$;
comment on function private.plan_trial_push is 'Has a worker send a notification that only shows that it works, to a device of the caller.';

create function api.try_push(p_tenant_id uuid, p_push_subscription_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.plan_trial_push(p_tenant_id, p_push_subscription_id);
end
$$;
comment on function api.try_push is 'Sends a notification to a device of the caller, to see that it arrives. PT404 if it is not theirs.';

create function engine.find_push_target(p_push_subscription_id uuid) returns jsonb
language plpgsql stable
as $$
-- Runs in its caller's tenant path.
begin
  return (
    select jsonb_build_object('endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth, 'language', s.language)
    from public.push_subscriptions s
    where s.id = p_push_subscription_id and s.tenant_id = tenant_id() and private.is_push_service(s.endpoint)
  );
end
$$;
comment on function engine.find_push_target is 'Where and how to tell a device; null if it is gone or not that of a known push service.';

create function engine.drop_push_target(p_push_subscription_id uuid) returns void
language plpgsql
as $$
begin
  delete from public.push_subscriptions s where s.id = p_push_subscription_id and s.tenant_id = tenant_id();
end
$$;
comment on function engine.drop_push_target is 'Forgets a device whose push service said that it is gone.';

revoke execute on function
  private.is_push_service, private.keep_push_subscription, private.plan_trial_push, api.keep_push_subscription,
  api.forget_push_subscription, api.list_push_devices, api.try_push, engine.find_push_target, engine.drop_push_target
  from public;
grant execute on function
  private.keep_push_subscription, private.plan_trial_push, api.keep_push_subscription, api.forget_push_subscription,
  api.list_push_devices, api.try_push
  to authenticated;
grant execute on function private.is_push_service, engine.find_push_target, engine.drop_push_target to engine_worker;
