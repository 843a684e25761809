-- Canned replies that agents insert by a shortcut.

create type api.quick_reply as (id uuid, shortcut text, content text, created_by uuid, updated_at timestamptz);

create function api.list_quick_replies(p_tenant_id uuid) returns setof api.quick_reply
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select q.id, q.shortcut, q.content, q.created_by, q.updated_at from quick_replies q
    order by lower(q.shortcut) limit 500;
end
$$;
comment on function api.list_quick_replies is 'All quick replies by shortcut; at most 500.';

create function api.save_quick_reply(p_tenant_id uuid, p_shortcut text, p_content text, p_id uuid default null) returns uuid
language plpgsql
as $$
declare
  v_id uuid;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if p_id is null then
    insert into quick_replies (shortcut, content, created_by) values (p_shortcut, p_content, private.caller_id())
    returning id into v_id;
  else
    update quick_replies set shortcut = p_shortcut, content = p_content, updated_at = now() where id = p_id
    returning id into v_id;
    if not found then
      perform private.note_refusal('PT404', p_tenant_id);
      raise exception 'Cannot change quick reply "%": there is none', p_id using errcode = 'PT404';
    end if;
  end if;
  return v_id;
exception
  when unique_violation then
    raise exception 'Cannot save quick reply: "/%" is another one''s', p_shortcut
      using errcode = 'PT409', detail = 'shortcut_taken';
  when check_violation then
    raise exception 'Cannot save quick reply: its shortcut is one word and its text fits one message'
      using errcode = 'PT400', detail = 'bad_quick_reply';
end
$$;
comment on function api.save_quick_reply is
  'Makes a quick reply, or changes the one with p_id. PT409 if the shortcut is taken. Returns its id.';

create function api.delete_quick_reply(p_tenant_id uuid, p_id uuid) returns boolean
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  delete from quick_replies where id = p_id;
  return found;
end
$$;
comment on function api.delete_quick_reply is 'Deletes a quick reply of the caller, or any as owner or admin; false if nothing was.';

revoke execute on function api.list_quick_replies, api.save_quick_reply, api.delete_quick_reply from public;
grant execute on function api.list_quick_replies, api.save_quick_reply, api.delete_quick_reply to authenticated;
