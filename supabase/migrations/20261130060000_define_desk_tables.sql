-- Tenant step 80: what people work with beside the conversations: canned replies, the order of the queue, search.

create function private.words_of(p_text text) returns tsvector
language sql immutable parallel safe
as $$
  -- No search path of its own, so that it is inlined into the index; every name is qualified or built in.
  select to_tsvector(
    'pg_catalog.simple'::regconfig,
    translate(lower(left(p_text, 8000)), 'áàâãäéèêëíìîïóòôõöúùûüñç', 'aaaaaeeeeiiiiooooouuuunc')
  )
$$;
comment on function private.words_of is
  'The words of a text as search finds them: in any language, without case and Latin accents. The first 8,000 characters.';
revoke execute on function private.words_of from public;
grant execute on function private.words_of to authenticated, engine_worker;

select private.define_tenant_step(80, 'define_desk_tables', $ddl$

create table quick_replies (
  id uuid primary key default gen_random_uuid(),
  shortcut text not null,
  content text not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint shortcut_is_one_word check (shortcut ~ '^[^\s/]{1,32}$'),
  constraint content_fits_one_message check (length(btrim(content)) between 1 and 4096)
);
comment on table quick_replies is 'A reply that agents insert by typing / and its shortcut.';
create unique index one_quick_reply_has_a_shortcut on quick_replies (lower(shortcut));

alter table quick_replies enable row level security;
grant select, insert (shortcut, content, created_by), update (shortcut, content, updated_at), delete
  on quick_replies to authenticated;
create policy "Members read the quick replies of their tenant" on quick_replies
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members write quick replies in their own name" on quick_replies
  for insert to authenticated with check (
    (select private.is_member_of(tenant_id())) and created_by = (select private.caller_id())
  );
create policy "Members edit the quick replies of their tenant" on quick_replies
  for update to authenticated
  using ((select private.is_member_of(tenant_id()))) with check ((select private.is_member_of(tenant_id())));
create policy "Owners, admins and who wrote it delete a quick reply" on quick_replies
  for delete to authenticated using (
    (select private.may_administer(tenant_id()))
    or ((select private.is_member_of(tenant_id())) and created_by = (select private.caller_id()))
  );
create policy "The worker of this tenant" on quick_replies
  for all to engine_worker using (true) with check (true);

-- The queue reads what people hold; the bot's conversations, which are most, are not in these.
-- Not by the end of the reply window, which each message moves: the queue sorts by what is due first anyway.
create index sessions_for_people on sessions (holder)
  where status = 'open' and holder in ('human', 'queue');
create index sessions_by_agent on sessions (assigned_to) where assigned_to is not null;

create index messages_by_words on messages using gin (private.words_of(content))
  where content <> '' and direction <> 'internal';
create index contacts_by_words on contacts using gin (private.words_of(name)) where name is not null;

$ddl$);
