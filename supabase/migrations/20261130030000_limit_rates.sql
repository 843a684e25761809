-- How often something may be done: a bucket of tokens per caller, tenant or address. A bucket is refilled by the clock, so
-- nothing runs in the background. A call that fails gives its token back with everything else it did.

create table private.rate_rules (
  kind text primary key,
  per_second double precision not null,
  burst double precision not null,
  meaning text not null,
  constraint kind_is_a_plain_word check (kind ~ '^[a-z_]+$'),
  constraint bucket_fills_and_holds_one check (per_second > 0 and burst >= 1)
);
comment on table private.rate_rules is 'How fast the buckets of a kind fill and how much they hold; operators may change it.';
alter table private.rate_rules enable row level security;

insert into private.rate_rules (kind, per_second, burst, meaning) values
  ('caller', 10, 120, 'What one person changes'),
  ('tenant', 60, 600, 'What all people of a tenant change'),
  ('mail', 0.02, 30, 'Invitations that a tenant sends'),
  ('proof', 0.2, 10, 'Calls of a person that ask a provider, as connecting a number does'),
  ('refusal', 1, 60, 'Calls from one address that prove nothing'),
  ('open', 10, 300, 'Calls from one address to what anybody may read');

-- Unlogged: after a crash the buckets are full again, and nobody is owed more than that.
create unlogged table private.rate_limits (
  bucket text primary key,
  tokens double precision not null,
  updated_at timestamptz not null,
  constraint tokens_are_not_owed check (tokens >= 0)
);
comment on table private.rate_limits is 'The tokens that were left in a bucket when one was taken last. A bucket without a row is full.';
alter table private.rate_limits enable row level security;
create index rate_limits_by_time on private.rate_limits (updated_at);

-- `security definer` because nobody writes the buckets but by taking.
create function private.take_token(p_bucket text, p_kind text) returns double precision
language plpgsql security definer set search_path = ''
as $$
declare
  v_rule record;
  v_now timestamptz := clock_timestamp();
  v_wait double precision;
begin
  select r.per_second, r.burst into strict v_rule from private.rate_rules r where r.kind = p_kind;
  insert into private.rate_limits as l (bucket, tokens, updated_at) values (p_bucket, v_rule.burst - 1, v_now)
  on conflict (bucket) do update set
    tokens = least(v_rule.burst, l.tokens + v_rule.per_second * private.seconds_between(l.updated_at, v_now)) - 1,
    updated_at = greatest(l.updated_at, v_now)
  where least(v_rule.burst, l.tokens + v_rule.per_second * private.seconds_between(l.updated_at, v_now)) >= 1;
  if not found then
    select (1 - l.tokens) / v_rule.per_second - private.seconds_between(l.updated_at, v_now) into v_wait
    from private.rate_limits l where l.bucket = p_bucket;
    return greatest(v_wait, 0.001);
  end if;
  -- Buckets that have long been full again are forgotten now and then.
  if random() < 0.001 then
    delete from private.rate_limits l using (
      select o.bucket from private.rate_limits o where o.updated_at < v_now - interval '1 day'
      limit 1000 for update skip locked
    ) old where l.bucket = old.bucket;
  end if;
  return 0;
end
$$;
comment on function private.take_token is 'Takes a token from a bucket: 0 if there was one, else the seconds until there is.';

create function private.seconds_between(p_from timestamptz, p_to timestamptz) returns double precision
language sql immutable set search_path = ''
as $$ select greatest(extract(epoch from p_to - p_from), 0)::double precision $$;
comment on function private.seconds_between is 'Seconds from one time to another, 0 if it is the other way round: clocks are read before locks are waited for.';

create function private.refuse_rate(p_wait_seconds double precision) returns void
language plpgsql set search_path = ''
as $$
declare
  v_seconds integer := greatest(ceil(p_wait_seconds), 1);
begin
  -- The form in which PostgREST answers with a status and headers: https://docs.postgrest.org/en/v14/references/errors.html
  raise sqlstate 'PGRST' using
    message = json_build_object(
      'code', 'rate_limited', 'message', format('Cannot do this now: too many calls, try again in %s s', v_seconds),
      'details', null, 'hint', null
    )::text,
    detail = json_build_object('status', 429, 'headers', json_build_object('retry-after', v_seconds::text))::text;
end
$$;
comment on function private.refuse_rate is 'Ends the call with 429 and the seconds to wait in retry-after.';

-- `security definer` because people take tokens of their own buckets only.
create function private.limit_writes(p_tenant_id uuid default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_wait double precision := private.take_token('caller:' || private.caller_id(), 'caller');
begin
  if v_wait = 0 and private.is_member_of(p_tenant_id) then
    v_wait := private.take_token('tenant:' || p_tenant_id, 'tenant');
  end if;
  if v_wait > 0 then
    perform private.refuse_rate(v_wait);
  end if;
end
$$;
comment on function private.limit_writes is 'Takes a token of the caller and one of the tenant, or ends the call with 429.';

create function private.enter_tenant_to_write(p_tenant_id uuid) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  perform private.limit_writes(p_tenant_id);
end
$$;
comment on function private.enter_tenant_to_write is 'Enters a tenant like enter_tenant, for a function of api that changes something: limited in rate.';

revoke execute on function
  private.take_token, private.seconds_between, private.refuse_rate, private.limit_writes, private.enter_tenant_to_write
  from public;
grant execute on function private.take_token to engine_router;
grant execute on function private.limit_writes, private.enter_tenant_to_write to authenticated;
