-- Tenant step 70: answers that people approved, and the wordings that they answer.

-- Where the platform has not made it.
create extension if not exists vector with schema extensions;

select private.define_tenant_step(70, 'define_canonical_answers', $ddl$

create table canonical_answers (
  id uuid primary key default gen_random_uuid(),
  answers jsonb not null,
  status text not null default 'draft',
  owner_id uuid,
  expires_at timestamptz,
  source_message_id uuid references messages (id) on delete set null,
  hits bigint not null default 0,
  last_hit_at timestamptz,
  contradicts uuid[] not null default '{}',
  contradicted_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint status_is_known check (status in ('draft', 'approved', 'retired')),
  constraint approved_at_some_time check ((status = 'draft') = (approved_at is null)),
  constraint answers_are_by_language check (jsonb_typeof(answers) = 'object' and answers <> '{}')
);
comment on table canonical_answers is
  'An answer by language that is sent without a model when a customer asks what one of its variants asks.';
comment on column canonical_answers.contradicts is
  'Other approved answers that were as near to the same question and say something else; none of them was sent.';
create index canonical_answers_by_source on canonical_answers (source_message_id) where source_message_id is not null;
create index canonical_answers_approved on canonical_answers (id) where status = 'approved';

create table canonical_variants (
  id uuid primary key default gen_random_uuid(),
  answer_id uuid not null references canonical_answers (id) on delete cascade,
  text text not null,
  embedding halfvec(1024),
  model text,
  constraint text_is_a_question check (length(text) between 1 and 500),
  constraint embedding_names_its_model check ((embedding is null) = (model is null))
);
comment on table canonical_variants is
  'One wording of the question of an approved answer. A tenant has at most 2,000, so that nearness is computed for all of them.';
create index canonical_variants_by_answer on canonical_variants (answer_id);

alter table canonical_answers enable row level security;
grant select, insert (id, answers, owner_id, expires_at, source_message_id),
  update (answers, status, owner_id, expires_at, contradicts, contradicted_at, approved_by, approved_at, updated_at)
  on canonical_answers to authenticated;
create policy "Members read the approved answers of their tenant" on canonical_answers
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members draft answers" on canonical_answers
  for insert to authenticated with check ((select private.is_member_of(tenant_id())) and status = 'draft');
create policy "Members edit drafts, owners and admins approve and retire" on canonical_answers
  for update to authenticated
  using (
    (select private.may_administer(tenant_id())) or ((select private.is_member_of(tenant_id())) and status = 'draft')
  )
  with check (
    (select private.may_administer(tenant_id())) or ((select private.is_member_of(tenant_id())) and status = 'draft')
  );
create policy "The worker of this tenant" on canonical_answers
  for all to engine_worker using (true) with check (true);

-- An agent who may not change an answer may not change what it answers either.
alter table canonical_variants enable row level security;
grant select, insert (answer_id, text), delete on canonical_variants to authenticated;
create policy "Members read what approved answers answer" on canonical_variants
  for select to authenticated using ((select private.is_member_of(tenant_id())));
create policy "Members word the questions of drafts" on canonical_variants
  for insert to authenticated with check (
    (select private.may_administer(tenant_id())) or (
      (select private.is_member_of(tenant_id()))
      and exists (select from canonical_answers a where a.id = answer_id and a.status = 'draft')
    )
  );
create policy "Members reword the questions of drafts" on canonical_variants
  for delete to authenticated using (
    (select private.may_administer(tenant_id())) or (
      (select private.is_member_of(tenant_id()))
      and exists (select from canonical_answers a where a.id = answer_id and a.status = 'draft')
    )
  );
create policy "The worker of this tenant" on canonical_variants
  for all to engine_worker using (true) with check (true);

$ddl$);
