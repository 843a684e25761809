-- Finding approved answers and counting what became of them. Runs in the tenant path that its caller has set.

create function engine.has_approved_answers() returns boolean
language plpgsql stable
as $$
begin
  return exists (select from canonical_answers a where a.status = 'approved');
end
$$;
comment on function engine.has_approved_answers is 'Whether looking for approved answers can find anything.';

create function engine.list_unembedded(p_model text, p_limit integer) returns jsonb
language plpgsql stable
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'text', u.text)), '[]')
    from (
      select v.id, v.text
      from canonical_variants v join canonical_answers a on a.id = v.answer_id
      where a.status = 'approved' and v.model is distinct from p_model
      order by v.id limit p_limit
    ) u
  );
end
$$;
comment on function engine.list_unembedded is 'Wordings of approved answers whose vector is missing, or another model''s.';

create function engine.find_canonical(p_model text, p_question jsonb, p_embedded jsonb, p_limit integer) returns jsonb
language plpgsql
as $$
declare
  v_question extensions.halfvec(1024) := case when jsonb_typeof(p_question) = 'array' then (p_question #>> '{}')::extensions.halfvec(1024) end;
begin
  if p_embedded <> '[]' then
    -- In one order, since two turns may come to the same idea.
    perform from canonical_variants v
    where v.id in (select e.id from jsonb_to_recordset(p_embedded) as e (id uuid)) order by v.id for update;
    update canonical_variants v set embedding = (e.embedding #>> '{}')::extensions.halfvec(1024), model = p_model
    from jsonb_to_recordset(p_embedded) as e (id uuid, text text, embedding jsonb)
    where v.id = e.id and v.text = e.text;
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'answerId', n.answer_id, 'text', n.text, 'answers', n.answers, 'cosine', n.cosine
    )), '[]')
    from (
      select v.answer_id, v.text, a.answers,
        case when v.model = p_model and v_question is not null then 1 - (v.embedding <=> v_question) end as cosine
      from canonical_variants v join canonical_answers a on a.id = v.answer_id
      where a.status = 'approved' and (a.expires_at is null or a.expires_at > now())
      order by 4 desc nulls last, v.id limit p_limit
    ) n
  );
end
$$;
comment on function engine.find_canonical is
  'Keeps vectors that were just made and returns the wordings nearest to a question, expired answers left out. Without a vector (null) it returns wordings without a cosine.';

create function engine.follow_canonical_answers(p_committed jsonb) returns void
language plpgsql
as $$
begin
  -- Rows are locked in one order: two conversations may hit the same answers.
  perform from canonical_answers a
  where a.id in (
    select (r.evidence ->> 'canonicalId')::uuid from jsonb_to_recordset(p_committed) as r (evidence jsonb)
    union
    select c.id::uuid from jsonb_to_recordset(p_committed) as r (evidence jsonb)
    cross join lateral jsonb_array_elements_text(r.evidence -> 'contradictedIds') as c (id)
  ) order by a.id for no key update;

  update canonical_answers a set hits = a.hits + h.amount, last_hit_at = now()
  from (
    select (r.evidence ->> 'canonicalId')::uuid as id, count(*) as amount
    from jsonb_to_recordset(p_committed) as r (decision text, evidence jsonb)
    where r.decision = 'canonical' group by 1
  ) h
  where a.id = h.id;

  update canonical_answers a
  set contradicted_at = now(), contradicts = (
    select array_agg(distinct o) from (
      select unnest(a.contradicts) union
      select unnest(r.ids) from (
        select array_agg(c.id::uuid) as ids from jsonb_to_recordset(p_committed) as r (turn_id uuid, evidence jsonb)
        cross join lateral jsonb_array_elements_text(r.evidence -> 'contradictedIds') as c (id)
        where r.evidence -> 'contradictedIds' ? a.id::text
      ) r
    ) as both_kinds (o) where o <> a.id
  )
  where a.id in (
    select c.id::uuid from jsonb_to_recordset(p_committed) as r (evidence jsonb)
    cross join lateral jsonb_array_elements_text(r.evidence -> 'contradictedIds') as c (id)
  );

  insert into events (session_id, actor_type, name, body)
  select r.session_id, 'system', 'answers_contradicted',
    jsonb_build_object('turn_id', r.turn_id, 'answers', r.evidence -> 'contradictedIds')
  from jsonb_to_recordset(p_committed) as r (session_id uuid, turn_id uuid, evidence jsonb)
  where r.evidence ? 'contradictedIds';
end
$$;
comment on function engine.follow_canonical_answers is
  'Counts the approved answers that turns sent, and marks those that contradicted each other.';

revoke execute on function
  engine.has_approved_answers, engine.list_unembedded, engine.find_canonical, engine.follow_canonical_answers
  from public;
grant execute on function
  engine.has_approved_answers, engine.list_unembedded, engine.find_canonical, engine.follow_canonical_answers
  to engine_worker;
