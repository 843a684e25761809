-- Conversations are found by what was said in them, and by the name and number of whoever wrote. Words are looked up as
-- they stand first; beginnings of words only where that finds little.

-- `security definer`: under row level security no index on words can serve, since `@@` and `like` might tell what a policy
-- would have hidden. All members read all conversations, so membership is asked once, on entering, and nothing is lost.
create function private.find_messages(p_tenant_id uuid, p_words tsquery)
returns table (session_id uuid, matched text, seq bigint, excerpt text, at timestamptz)
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  -- Words that half of all messages hold must not read half of all messages: the index gives a sample of about a thousand.
  -- It takes one of each word, so that of two words it has to be larger for both to be in it.
  perform set_config('gin_fuzzy_search_limit', (array['1000', '10000', '30000'])[least(numnode(p_words) / 2 + 1, 3)], true);
  return query
    select m.session_id, 'message', m.seq, left(m.content, 200), m.created_at
    from messages m
    where m.content <> '' and m.direction <> 'internal' and private.words_of(m.content) @@ p_words
    order by m.seq desc limit 500;
end
$$;
comment on function private.find_messages is
  'For a member, the newest messages in which all of such words were said, at most 500; of words that very many messages hold, a sample.';

-- `security definer` for the same reason.
create function private.find_people(p_tenant_id uuid, p_words tsquery, p_digits text)
returns table (session_id uuid, matched text, seq bigint, excerpt text, at timestamptz)
language plpgsql security definer set search_path = '' set plan_cache_mode = 'force_generic_plan'
as $$
begin
  perform private.enter_tenant(p_tenant_id);
  return query
    select s.id, p.how, null::bigint, null::text, s.last_message_at
    from (
      (select c.id as contact_id, 'name' as how from contacts c
       where c.name is not null and private.words_of(c.name) @@ p_words and c.merged_into is null limit 500)
      union all
      (select i.contact_id, 'number' from contact_identities i
       where length(p_digits) >= 3 and i.external_id like '%' || p_digits || '%' limit 500)
    ) p
    cross join lateral (
      select o.id, o.last_message_at from sessions o
      where o.contact_id = p.contact_id and o.last_message_at is not null
      order by o.last_message_at desc limit 20
    ) s
    order by s.last_message_at desc limit 200;
end
$$;
comment on function private.find_people is
  'For a member, the conversations of people with such a name or with these digits in their number; at most 200.';

create function private.find_hits(p_tenant_id uuid, p_query text)
returns table (session_id uuid, matched text, seq bigint, excerpt text, at timestamptz)
language plpgsql
as $$
declare
  v_words tsquery;
  v_beginnings tsquery;
  v_amount integer;
begin
  select string_agg(quote_literal(w.lexeme), ' & ')::tsquery, string_agg(quote_literal(w.lexeme) || ':*', ' & ')::tsquery
  into v_words, v_beginnings
  from unnest(private.words_of(p_query)) w;
  return query select * from private.find_people(p_tenant_id, v_beginnings, regexp_replace(p_query, '\D', '', 'g'));
  return query select * from private.find_messages(p_tenant_id, v_words);
  get diagnostics v_amount = row_count;
  -- Whole words are cheap to find; beginnings only where the words are few, as while somebody types.
  if v_amount < 100 then
    return query select * from private.find_messages(p_tenant_id, v_beginnings);
  end if;
end
$$;
comment on function private.find_hits is 'Everything that a search finds, people first; a conversation may be in it more than once.';

create function api.search_sessions(p_tenant_id uuid, p_query text, p_limit integer default 50) returns jsonb
language plpgsql
as $$
declare
  v_hits jsonb;
begin
  perform private.enter_tenant(p_tenant_id);
  with best as (
    select distinct on (f.session_id) f.*
    from private.find_hits(p_tenant_id, p_query) f
    order by f.session_id, position(left(f.matched, 2) in 'na nu me'), f.seq desc
  )
  select jsonb_agg(to_jsonb(b) order by b.matched = 'message', b.at desc) into v_hits
  from (
    select * from best order by matched = 'message', at desc limit least(greatest(p_limit, 1), 100)
  ) b;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'session', to_jsonb(d), 'matched', h.hit ->> 'matched', 'seq', (h.hit ->> 'seq')::bigint,
      'excerpt', h.hit ->> 'excerpt'
    ) order by h.place), '[]')
    from jsonb_array_elements(v_hits) with ordinality as h (hit, place)
    join private.describe_sessions(p_tenant_id, array(
      select (x ->> 'session_id')::uuid from jsonb_array_elements(v_hits) x
    )) d on d.id = (h.hit ->> 'session_id')::uuid
  );
end
$$;
comment on function api.search_sessions is
  'Conversations whose contact has such a name or number, or in which such words were said: [{session, matched, seq, excerpt}], people first, then the newest words. Words match by their beginning. At most 100.';

revoke execute on function private.find_messages, private.find_people, private.find_hits, api.search_sessions from public;
grant execute on function private.find_messages, private.find_people, private.find_hits, api.search_sessions to authenticated;
