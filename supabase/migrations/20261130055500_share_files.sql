-- Tenant step 75: files that the bot may send by name, such as a catalogue or a price list.

select private.define_tenant_step(75, 'define_shared_files', $ddl$

create table shared_files (
  name text primary key,
  description text not null,
  media_id uuid not null references media (id) on delete cascade,
  updated_at timestamptz not null default now(),
  constraint name_is_short check (length(btrim(name)) between 1 and 200),
  constraint description_is_short check (length(description) <= 500)
);
comment on table shared_files is 'A file of the tenant that a model may send where a state lists the tool send_media.';
create index shared_files_by_media on shared_files (media_id);

alter table shared_files enable row level security;
grant select, insert (name, description, media_id), update (description, media_id, updated_at), delete
  on shared_files to authenticated;
create policy "Members read the files that the bot may send" on shared_files
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Owners and admins share files" on shared_files
  for insert to authenticated with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins exchange files" on shared_files
  for update to authenticated
  using ((select private.may_administer(tenant_id()))) with check ((select private.may_administer(tenant_id())));
create policy "Owners and admins take files back" on shared_files
  for delete to authenticated using ((select private.may_administer(tenant_id())));
create policy "The worker of this tenant" on shared_files
  for all to engine_worker using (true) with check (true);

$ddl$);

create type api.shared_file as (
  name text, description text, path text, mime_type text, size bigint, file_name text, updated_at timestamptz
);

create function api.list_shared_files(p_tenant_id uuid) returns setof api.shared_file
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select f.name, f.description, m.path, m.mime_type, m.size, m.file_name, f.updated_at
    from shared_files f join media m on m.id = f.media_id order by f.name;
end
$$;
comment on function api.list_shared_files is 'The files that the bot may send by name.';

create function api.share_file(p_tenant_id uuid, p_name text, p_description text, p_media jsonb) returns void
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot share a file of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  if length(btrim(coalesce(p_name, ''))) not between 1 and 200 or length(coalesce(p_description, '')) > 500 then
    raise exception 'Cannot share a file: its name has 1 to 200 characters and its description at most 500'
      using errcode = 'PT400';
  end if;
  if jsonb_typeof(p_media) is distinct from 'object' or coalesce(p_media ->> 'path', '') !~ '^outbound/[^/]'
    or p_media ->> 'path' ~ '(^|/)\.\.(/|$)' or coalesce(p_media ->> 'mime_type', '') !~ '^[a-z]+/[a-z0-9.+-]+$'
    or coalesce(p_media ->> 'size', '') !~ '^[0-9]{1,10}$'
  then
    raise exception 'Cannot share file "%": path (below outbound/), mime_type and size describe an upload', p_name
      using errcode = 'PT400';
  end if;
  if (select count(*) from shared_files f where f.name <> p_name) >= 60 then
    raise exception 'Cannot share another file: the bot chooses among at most 60' using errcode = 'PT409';
  end if;
  insert into shared_files as f (name, description, media_id)
  values (btrim(p_name), coalesce(p_description, ''), private.add_media(p_media))
  on conflict (name) do update set description = excluded.description, media_id = excluded.media_id, updated_at = now();
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'file_shared', jsonb_build_object('name', btrim(p_name)));
end
$$;
comment on function api.share_file is
  'Lets the bot send a file that was uploaded below outbound/ of the tenant''s bucket, by a name; in place of the older one of that name.';

create function api.unshare_file(p_tenant_id uuid, p_name text) returns boolean
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot take back a file of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  delete from shared_files f where f.name = p_name;
  if not found then
    return false;
  end if;
  insert into events (actor_type, actor_id, name, body)
  values ('agent', private.caller_id(), 'file_unshared', jsonb_build_object('name', p_name));
  return true;
end
$$;
comment on function api.unshare_file is 'The bot sends the file no more; what was sent stays. False if there was none of that name.';

create function engine.list_shared_files() returns jsonb
language plpgsql stable
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object(
      'name', f.name, 'description', f.description, 'media_id', m.id, 'mime_type', m.mime_type, 'file_name', m.file_name
    ) order by f.name)
    from shared_files f join media m on m.id = f.media_id and m.status = 'stored'
  );
end
$$;
comment on function engine.list_shared_files is 'The files that the bot may send, or null if there is none.';

revoke execute on function api.list_shared_files, api.share_file, api.unshare_file, engine.list_shared_files from public;
grant execute on function api.list_shared_files, api.share_file, api.unshare_file to authenticated;
grant execute on function engine.list_shared_files to engine_worker;
