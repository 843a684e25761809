-- Deliveries that could not be stored, and trying them again. Run as engine_router.

create function private.keep_failed_webhook(
  p_channel_type text, p_channel_id text, p_tenant_id uuid, p_app_id text, p_body jsonb, p_reason text,
  p_is_replayable boolean
) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into private.failed_webhooks (channel_type, channel_id, tenant_id, app_id, body, body_hash, reason, status)
  values (
    p_channel_type, p_channel_id, (select t.id from public.tenants t where t.id = p_tenant_id), p_app_id, p_body,
    encode(sha256(convert_to(p_body::text, 'utf8')), 'hex'), p_reason,
    case when p_is_replayable then 'waiting' else 'dead' end
  )
  on conflict (channel_type, body_hash) do update
  set status = excluded.status, reason = excluded.reason, replayed_at = null
  where private.failed_webhooks.status = 'replayed';
end
$$;
comment on function private.keep_failed_webhook is
  'Keeps a part of a delivery for replay, or only for people to see. The same body is kept once.';

create function private.claim_failed_webhooks(p_limit integer) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_claimed jsonb;
begin
  -- The next attempt's time is the lease: who dies while replaying leaves it to that attempt. 30 s, 1 min, 2 min … 6 h.
  with picked as (
    select w.id from private.failed_webhooks w
    where w.status = 'waiting' and w.next_attempt_at <= now()
    order by w.next_attempt_at limit p_limit
    for update skip locked
  ), claimed as (
    update private.failed_webhooks w
    set attempts = w.attempts + 1,
      next_attempt_at = now() + least(interval '30 seconds' * power(2, least(w.attempts, 20)), interval '6 hours')
    from picked p where w.id = p.id
    returning w.id, w.app_id, w.body, w.received_at
  )
  select jsonb_agg(
    jsonb_build_object('id', c.id, 'app_id', c.app_id, 'body', c.body) order by c.received_at
  ) into v_claimed from claimed c;
  return coalesce(v_claimed, '[]');
end
$$;
comment on function private.claim_failed_webhooks is 'Takes what is due for another try, oldest first, and plans the try after it.';

create function private.settle_failed_webhook(p_id uuid, p_reason text) returns void
language plpgsql set search_path = ''
as $$
begin
  -- 30 tries are a week, as long as Meta itself keeps trying.
  update private.failed_webhooks w
  set reason = coalesce(p_reason, w.reason),
    status = case when p_reason is null then 'replayed' when w.attempts >= 30 then 'dead' else 'waiting' end,
    replayed_at = case when p_reason is null then now() end
  where w.id = p_id;
end
$$;
comment on function private.settle_failed_webhook is 'Records a try: p_reason is null when everything was stored.';

revoke execute on function
  private.keep_failed_webhook, private.claim_failed_webhooks, private.settle_failed_webhook
  from public;
grant execute on function
  private.keep_failed_webhook, private.claim_failed_webhooks, private.settle_failed_webhook
  to engine_router;
