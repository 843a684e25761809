-- How fast numbers may send, for all isolates together. A token bucket is one time: when it is full again (the generic
-- cell rate algorithm). A number's stands here; that of a number and one person stands with their newest messages.

create table private.sending_rates (
  config_id uuid primary key,
  tenant_id uuid not null,
  schema_name text not null,
  full_at timestamptz not null,
  slowed_per_second numeric,
  slowed_at timestamptz,
  constraint rate_belongs_to_the_tenant_of_its_config foreign key (config_id, tenant_id, schema_name)
    references public.client_configs (id, client_id, schema_name) on delete cascade,
  constraint slowed_means_at_some_time check ((slowed_per_second is null) = (slowed_at is null)),
  constraint slowed_is_not_silent check (slowed_per_second >= 2)
);
comment on table private.sending_rates is 'The token bucket of a channel number; a number that never sent has no row.';
comment on column private.sending_rates.full_at is 'When the bucket is full again; each message moves it by the time in which one token comes back.';
comment on column private.sending_rates.slowed_per_second is
  'What the number might send when the provider last complained, halved; from slowed_at on it doubles every ten seconds until it is what the settings say.';
alter table private.sending_rates enable row level security;

grant select, insert, update, delete on private.sending_rates to engine_worker;
create policy "Workers keep the rates of their own numbers" on private.sending_rates
  for all to engine_worker
  using (schema_name || '_worker' = current_user) with check (schema_name || '_worker' = current_user);

create function private.rate_of_number(p_config_id uuid, p_rates jsonb) returns numeric
language plpgsql stable set search_path = ''
as $$
declare
  v_per_second numeric;
begin
  select least(
    coalesce(
      (c.settings ->> 'messages_per_second')::numeric,
      (p_rates ->> case when c.settings @> '{"is_coexistence": true}' then 'coexistence_per_second' else 'per_second' end)::numeric
    ),
    -- After ten minutes any number is as fast as ever, and the power would grow without bounds.
    r.slowed_per_second * power(2, least(extract(epoch from clock_timestamp() - r.slowed_at), 600) / 10)
  ) into v_per_second
  from public.client_configs c left join private.sending_rates r on r.config_id = c.id
  where c.id = p_config_id;
  return greatest(v_per_second, 2);
end
$$;
comment on function private.rate_of_number is
  'Messages a second that a number may send at present: what its settings say, else the channel''s own limit, or less while it is slowed down.';

create function private.book_sends(
  p_config_id uuid, p_amount integer, p_rates jsonb, out first_at timestamptz, out step interval
)
language plpgsql set search_path = ''
as $$
declare
  v_per_second numeric := private.rate_of_number(p_config_id, p_rates);
  -- A tenth at once, so that who comes late loses nothing; that and the refill of a second are the limit together.
  v_burst numeric := ceil(v_per_second / 10);
  v_full_at timestamptz;
begin
  step := make_interval(secs => 1 / (v_per_second - v_burst));
  insert into private.sending_rates as r (config_id, tenant_id, schema_name, full_at)
  select c.id, c.client_id, c.schema_name, clock_timestamp() + step * p_amount
  from public.client_configs c where c.id = p_config_id
  on conflict (config_id) do update set full_at = greatest(r.full_at, clock_timestamp()) + step * p_amount
  returning r.full_at into v_full_at;
  first_at := v_full_at - step * (p_amount - 1 + v_burst);
end
$$;
comment on function private.book_sends is
  'Takes tokens of a number, also such as are not there yet: the messages may go at first_at, first_at + step and so on. The last lock of a transaction.';

create function private.slow_number(p_config_id uuid, p_pause interval, p_rates jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  v_per_second numeric := private.rate_of_number(p_config_id, p_rates);
  v_is_new boolean := not exists (
    select from private.sending_rates r where r.config_id = p_config_id and r.slowed_at > clock_timestamp() - interval '1 second'
  );
begin
  -- Messages that were on their way together are refused together: that is one complaint.
  update private.sending_rates r
  set slowed_per_second = case when v_is_new then greatest(v_per_second / 2, 2) else r.slowed_per_second end,
    slowed_at = case when v_is_new then clock_timestamp() else r.slowed_at end,
    full_at = greatest(r.full_at, clock_timestamp() + p_pause)
  where r.config_id = p_config_id;
end
$$;
comment on function private.slow_number is
  'The provider said that the number sends too fast: after a pause half as fast, and from there twice as fast every ten seconds.';

revoke execute on function private.rate_of_number, private.book_sends, private.slow_number from public;
grant execute on function private.rate_of_number, private.book_sends, private.slow_number to engine_worker;

select private.define_tenant_step(30, 'keep_sending_slots', $ddl$

alter table messages add column slot_at timestamptz, add column pair_full_at timestamptz;
comment on column messages.slot_at is
  'When its turn in the rate of the number comes; a slot that was not used within a second is lost.';
comment on column messages.pair_full_at is
  'When the bucket of the number and this person is full again, counting this message.';

$ddl$);
