-- Files of the tenant that the provider has too, by its own ids, and files that customers sent, on their way into storage.
-- Runs in the tenant path that its caller has set.

select private.define_tenant_step(32, 'keep_uploads', $ddl$

create table media_uploads (
  media_id uuid not null references media (id) on delete cascade,
  config_id uuid not null,
  external_id text not null,
  expires_at timestamptz not null,
  primary key (media_id, config_id)
);
comment on table media_uploads is
  'A file of ours that a provider keeps for one of our numbers, so that it is uploaded once and not with every message.';

alter table media_uploads enable row level security;
create policy "The worker of this tenant" on media_uploads
  for all to engine_worker using (true) with check (true);

alter table media add column failure text;
comment on column media.failure is
  'Why status is failed: expired, too_large, not_what_it_says, unreachable.';
alter table media add constraint failed_for_a_reason check (failure is null or status = 'failed');

$ddl$);

create function engine.find_upload(p_media_id uuid, p_config_id uuid) returns jsonb
language plpgsql stable
as $$
begin
  return (
    select jsonb_build_object(
      'external_id', u.external_id, 'path', case when m.status = 'stored' then m.path end,
      'mime_type', m.mime_type, 'file_name', m.file_name
    )
    from media m
    -- A message that is claimed now is sent within the hour.
    left join media_uploads u on u.media_id = m.id and u.config_id = p_config_id and u.expires_at > now() + interval '1 hour'
    where m.id = p_media_id
  );
end
$$;
comment on function engine.find_upload is
  'Where a file is, and its id with the provider while that can still be used; null if there is no such file.';

create function engine.keep_upload(p_media_id uuid, p_config_id uuid, p_external_id text, p_good_for_seconds integer)
returns void
language plpgsql
as $$
begin
  insert into media_uploads (media_id, config_id, external_id, expires_at)
  values (p_media_id, p_config_id, p_external_id, now() + make_interval(secs => p_good_for_seconds))
  on conflict (media_id, config_id) do update set external_id = excluded.external_id, expires_at = excluded.expires_at;
end
$$;
comment on function engine.keep_upload is 'Remembers the provider''s id of a file for as long as it is good.';

create function engine.find_remote_media(p_media_id uuid) returns jsonb
language plpgsql stable
as $$
begin
  return (
    select jsonb_build_object(
      'external_id', d.external_id, 'is_expired', d.created_at < now() - interval '7 days'
    )
    from media d where d.id = p_media_id and d.status = 'remote' and d.external_id is not null
  );
end
$$;
comment on function engine.find_remote_media is
  'A customer''s file that is still with the provider, which keeps it for 7 days; null once it is stored or given up.';

-- `security definer` because a worker may not write realtime.messages.
create function private.announce_changed_messages(p_session_id uuid, p_ids uuid[], p_from_seq bigint, p_to_seq bigint)
returns void
language plpgsql security definer set search_path = ''
as $$
begin
  perform realtime.send(
    private.ids_of(p_ids) || jsonb_build_object('from_seq', p_from_seq, 'to_seq', p_to_seq),
    'messages_changed', 'tenant:' || t.id || ':session:' || p_session_id, true
  )
  from public.tenants t where t.schema_name = left(current_setting('role'), -7);
end
$$;
comment on function private.announce_changed_messages is
  'Tells the apps that show a conversation of the calling worker''s tenant to read these messages again.';

create function engine.keep_media(p_media_id uuid, p_outcome jsonb) returns void
language plpgsql
as $$
begin
  update media d
  set status = p_outcome ->> 'status', failure = p_outcome ->> 'failure',
    path = coalesce(p_outcome ->> 'path', d.path),
    mime_type = coalesce(p_outcome ->> 'mime_type', d.mime_type),
    size = coalesce((p_outcome ->> 'size')::bigint, d.size),
    sha256 = coalesce(p_outcome ->> 'sha256', d.sha256)
  where d.id = p_media_id and d.status = 'remote';
  if found then
    perform private.announce_changed_messages(c.session_id, c.ids, c.from_seq, c.to_seq)
    from (
      select m.session_id, array_agg(m.id order by m.seq) as ids, min(m.seq) as from_seq, max(m.seq) as to_seq
      from messages m where m.media_id = p_media_id group by m.session_id
    ) c;
  end if;
end
$$;
comment on function engine.keep_media is 'Ends the way of a customer''s file: stored, with its path, or failed, with the reason; apps hear of it.';

revoke execute on function
  engine.find_upload, engine.keep_upload, engine.find_remote_media, private.announce_changed_messages, engine.keep_media
  from public;
grant execute on function
  engine.find_upload, engine.keep_upload, engine.find_remote_media, private.announce_changed_messages, engine.keep_media
  to engine_worker;
