-- Members draft answers, by hand or from what was said in a conversation; owners and admins approve and retire them.

create type api.canonical_answer as (
  id uuid, variants text[], answers jsonb, status text, owner_id uuid, expires_at timestamptz, is_expired boolean,
  hits bigint, last_hit_at timestamptz, contradicts uuid[], contradicted_at timestamptz, source_message_id uuid,
  approved_by uuid, approved_at timestamptz, created_at timestamptz, updated_at timestamptz
);

create function api.list_canonical_answers(
  p_tenant_id uuid, p_statuses text[] default array['draft', 'approved']
) returns setof api.canonical_answer
language plpgsql
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select a.id,
      (select coalesce(array_agg(v.text order by v.text), '{}') from canonical_variants v where v.answer_id = a.id),
      a.answers, a.status, a.owner_id, a.expires_at, coalesce(a.expires_at <= now(), false), a.hits, a.last_hit_at,
      -- What was retired or has expired contradicts nobody any more.
      (select coalesce(array_agg(o.id order by o.id), '{}') from canonical_answers o
        where o.id = any (a.contradicts) and o.status = 'approved' and a.status = 'approved'
          and (o.expires_at is null or o.expires_at > now())),
      a.contradicted_at, a.source_message_id, a.approved_by, a.approved_at, a.created_at, a.updated_at
    from canonical_answers a
    where a.status = any (p_statuses)
    order by a.updated_at desc, a.id
    limit 1000;
end
$$;
comment on function api.list_canonical_answers is
  'The answers of a tenant with their wordings, hits, and the others that they contradict; drafts and approved ones unless other statuses are asked for.';

create function private.check_canonical_answer(p_tenant_id uuid, p_variants text[], p_answers jsonb) returns void
language plpgsql
as $$
-- Runs in its caller's tenant path.
declare
  v_act constant text := format('Cannot save an answer of tenant "%s": ', p_tenant_id);
begin
  if coalesce(cardinality(p_variants), 0) not between 1 and 10 then
    raise exception '%', v_act || 'it needs 1 to 10 wordings of its question' using errcode = 'PT400';
  end if;
  if exists (select from unnest(p_variants) as v (text) where v.text is null or length(btrim(v.text)) not between 1 and 500) then
    raise exception '%', v_act || 'a wording has 1 to 500 characters' using errcode = 'PT400';
  end if;
  if jsonb_typeof(p_answers) is distinct from 'object' or p_answers = '{}' then
    raise exception '%', v_act || 'answers is an object of languages and texts' using errcode = 'PT400';
  end if;
  if exists (
    select from jsonb_each(p_answers) as a (language, value)
    where a.language !~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' or jsonb_typeof(a.value) <> 'string'
      or length(btrim(a.value #>> '{}')) not between 1 and 4096
  ) then
    raise exception '%', v_act || 'each answer has a language such as es or pt-BR and 1 to 4,096 characters'
      using errcode = 'PT400';
  end if;
end
$$;
comment on function private.check_canonical_answer is 'Refuses what is no answer with its wordings; PT400.';

create function private.write_canonical_answer(
  p_id uuid, p_variants text[], p_answers jsonb, p_owner_id uuid, p_expires_at timestamptz, p_source_message_id uuid
) returns uuid
language plpgsql
as $$
-- Runs in its caller's tenant path.
declare
  v_id uuid := coalesce(p_id, gen_random_uuid());
begin
  if p_id is null then
    if (select count(*) from canonical_answers a where a.status <> 'retired') >= 200 then
      raise exception 'Cannot save another answer: a tenant has at most 200 that are not retired' using errcode = 'PT409';
    end if;
    insert into canonical_answers (id, answers, owner_id, expires_at, source_message_id)
    values (v_id, p_answers, p_owner_id, p_expires_at, p_source_message_id);
  else
    -- What was approved was approved as it stood.
    update canonical_answers a
    set answers = p_answers, owner_id = p_owner_id, expires_at = p_expires_at, status = 'draft', approved_by = null,
      approved_at = null, contradicts = '{}', contradicted_at = null, updated_at = now()
    where a.id = p_id;
    if not found then
      perform private.note_refusal('PT404', tenant_id());
      raise exception 'Cannot save answer "%": it does not exist, or only an owner or admin may change it', p_id
        using errcode = 'PT404';
    end if;
    delete from canonical_variants v where v.answer_id = p_id;
  end if;
  insert into canonical_variants (answer_id, text)
  select v_id, t.text from (select distinct btrim(v.text) as text from unnest(p_variants) as v (text)) t;
  return v_id;
end
$$;
comment on function private.write_canonical_answer is 'Stores an answer as a draft with its wordings; an approved one becomes a draft again.';

create function api.save_canonical_answer(
  p_tenant_id uuid, p_variants text[], p_answers jsonb, p_id uuid default null, p_owner_id uuid default null,
  p_expires_at timestamptz default null
) returns uuid
language plpgsql
as $$
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  perform private.check_canonical_answer(p_tenant_id, p_variants, p_answers);
  if p_owner_id is not null and not exists (
    select from public.tenant_members m where m.tenant_id = p_tenant_id and m.user_id = p_owner_id
  ) then
    raise exception 'Cannot give an answer to "%": they are no member of tenant "%"', p_owner_id, p_tenant_id
      using errcode = 'PT400';
  end if;
  return private.write_canonical_answer(
    p_id, p_variants, p_answers, coalesce(p_owner_id, private.caller_id()), p_expires_at, null
  );
end
$$;
comment on function api.save_canonical_answer is
  'Saves an answer as a draft: 1 to 10 wordings of its question, and the answer by language. Changing an approved one (owners and admins) takes it out of use until it is approved again.';

create function api.make_canonical_answer(p_tenant_id uuid, p_message_id uuid) returns uuid
language plpgsql
as $$
declare
  v_answer record;
  v_question text;
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  select m.session_id, m.seq, m.content, coalesce(m.language, s.language, t.locale) as language into v_answer
  from messages m join sessions s on s.id = m.session_id join public.tenants t on t.id = p_tenant_id
  where m.id = p_message_id and m.direction = 'outbound' and m.sender_type in ('bot', 'agent')
    and length(btrim(m.content)) between 1 and 4096;
  if not found then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot make an answer of message "%": it is no text that was sent to a customer', p_message_id
      using errcode = 'PT404';
  end if;
  select btrim(left(string_agg(q.content, ' ' order by q.seq), 500)) into v_question
  from messages q
  where q.session_id = v_answer.session_id and q.direction = 'inbound' and q.seq < v_answer.seq and q.content is not null
    and q.seq > coalesce((
      -- Everything that the customer wrote since the answer before; several bubbles in a row are one answer.
      select max(e.seq) from messages e
      where e.session_id = v_answer.session_id and e.direction = 'outbound' and e.seq < v_answer.seq and exists (
        select from messages b where b.session_id = e.session_id and b.direction = 'inbound'
          and b.seq > e.seq and b.seq < v_answer.seq and b.content is not null
      )
    ), 0);
  if coalesce(v_question, '') = '' then
    raise exception 'Cannot make an answer of message "%": the customer asked nothing before it', p_message_id
      using errcode = 'PT409';
  end if;
  return private.write_canonical_answer(
    null, array[v_question], jsonb_build_object(v_answer.language, btrim(v_answer.content)), private.caller_id(), null,
    p_message_id
  );
end
$$;
comment on function api.make_canonical_answer is
  'Drafts an answer from a message that was sent to a customer and what the customer had asked; returns its id.';

create function private.move_canonical_answer(p_tenant_id uuid, p_id uuid, p_to text, p_from text[]) returns void
language plpgsql
as $$
declare
  v_me uuid := private.caller_id();
begin
  perform private.enter_tenant_to_write(p_tenant_id);
  if not private.may_administer(p_tenant_id) then
    perform private.note_refusal('42501', p_tenant_id);
    raise exception 'Cannot change the status of an answer of tenant "%": only an owner or admin may', p_tenant_id
      using errcode = 'insufficient_privilege';
  end if;
  update canonical_answers a
  set status = p_to, approved_by = coalesce(a.approved_by, v_me), approved_at = coalesce(a.approved_at, now()),
    contradicts = case when p_to = 'approved' then '{}' else a.contradicts end, updated_at = now()
  where a.id = p_id and a.status = any (p_from);
  if found then
    insert into events (actor_type, actor_id, name, body)
    values ('agent', v_me, 'answer_' || p_to, jsonb_build_object('answer_id', p_id));
  elsif not exists (select from canonical_answers a where a.id = p_id) then
    perform private.note_refusal('PT404', p_tenant_id);
    raise exception 'Cannot find answer "%"', p_id using errcode = 'PT404';
  end if;
end
$$;
comment on function private.move_canonical_answer is 'Approves or retires an answer and records who did; what is so already stays.';

create function api.approve_canonical_answer(p_tenant_id uuid, p_id uuid) returns void
language plpgsql
as $$
begin
  perform private.move_canonical_answer(p_tenant_id, p_id, 'approved', array['draft', 'retired']);
end
$$;
comment on function api.approve_canonical_answer is 'Lets the bot send an answer without a model, from the next turn on. Owners and admins.';

create function api.retire_canonical_answer(p_tenant_id uuid, p_id uuid) returns void
language plpgsql
as $$
begin
  perform private.move_canonical_answer(p_tenant_id, p_id, 'retired', array['draft', 'approved']);
end
$$;
comment on function api.retire_canonical_answer is 'Takes an answer out of use; it can be approved again. Owners and admins.';

revoke execute on function
  private.check_canonical_answer, private.write_canonical_answer, private.move_canonical_answer,
  api.list_canonical_answers, api.save_canonical_answer, api.make_canonical_answer, api.approve_canonical_answer,
  api.retire_canonical_answer
  from public;
grant execute on function
  private.check_canonical_answer, private.write_canonical_answer, private.move_canonical_answer,
  api.list_canonical_answers, api.save_canonical_answer, api.make_canonical_answer, api.approve_canonical_answer,
  api.retire_canonical_answer
  to authenticated;
