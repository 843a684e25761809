-- Tenant step 93: people who are told on WhatsApp too, on a number that they proved to be theirs: they send a code from it
-- to the tenant's number.

select private.define_tenant_step(93, 'prove_alert_numbers', $ddl$

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

$ddl$);

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
  private.describe_alert_phone, api.get_alert_phone, api.ask_alert_code, api.confirm_alert_phone, api.forget_alert_phone
  from public;
grant execute on function
  private.describe_alert_phone, api.get_alert_phone, api.ask_alert_code, api.confirm_alert_phone, api.forget_alert_phone
  to authenticated;
