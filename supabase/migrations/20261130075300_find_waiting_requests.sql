-- Tenant step 122: the newest requests that wait, however many there are.

select private.define_tenant_step(122, 'find_waiting_requests', $ddl$

create index escalations_that_wait on escalations (created_at) where status = 'open';

$ddl$);
