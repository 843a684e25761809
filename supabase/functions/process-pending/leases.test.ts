import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { startWorld, type TestTenant } from "./testing.ts";

Deno.test("processDueWork() shares work", async (test) => {
  const world = await startWorld();

  /** Makes many sessions due in one statement. */
  async function makeDue(tenant: TestTenant, sessions: number): Promise<void> {
    await world.look(tenant, (sql) =>
      sql`with people as (
          insert into contacts (name) select 'p' || n from generate_series(1, ${sessions}::integer) n returning id
        ), known as (
          insert into contact_identities (contact_id, channel_type, kind, external_id)
          select id, 'whatsapp', 'phone', abs(hashtext(id::text))::text from people
        ), opened as (
          insert into sessions (contact_id, config_id, window_expires_at)
          select id, ${tenant.configId}::uuid, now() + interval '1 hour' from people returning id
        ), written as (
          insert into messages (session_id, config_id, direction, sender_type, type, content, status, external_id)
          select id, ${tenant.configId}::uuid, 'inbound', 'contact', 'text', 'hola', 'received', 'wamid.' || id
          from opened returning id, session_id
        ), waiting as (
          insert into pending_messages (message_id, session_id) select id, session_id from written
        )
        insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
        select tenant_id(), ${tenant.schemaName}, id, 'turn', now() from opened`);
  }

  const claim = (limit: number) =>
    world.database.withRouter((sql) =>
      sql<{ claim: { work: { tenant_id: string }[]; has_more: boolean } }>`
        select private.claim_due_work(${limit}::integer, 50) as claim`
    );

  function amounts(
    row: { claim: { work: { tenant_id: string }[] } } | undefined,
  ): Map<string, number> {
    const byTenant = Map.groupBy(
      row?.claim.work ?? [],
      ({ tenant_id }) => tenant_id,
    );
    return new Map([...byTenant].map(([id, work]) => [id, work.length]));
  }

  await test.step("a tenant with one due session is in the first claim beside one with a thousand", async () => {
    const large = await world.makeTenant();
    await makeDue(large, 1000);
    const small = await world.makeTenant();
    await makeDue(small, 1);
    const [first] = await claim(64);
    const tenants = first?.claim.work.map(({ tenant_id }) => tenant_id) ?? [];
    assert.equal(tenants.filter((id) => id === small.id).length, 1);
    assert.equal(tenants.filter((id) => id === large.id).length, 32);
    assert.equal(first?.claim.has_more, true);
    await world.admin`delete from private.due_work`;
  });

  await test.step("among many tenants small ones get all they have, and large ones parts of 32, one after the other", async () => {
    const large = [];
    for (let count = 0; count < 12; count++) {
      large.push(await world.makeTenant());
    }
    for (const tenant of large) await makeDue(tenant, 40);
    const small = [await world.makeTenant(), await world.makeTenant()];
    for (const tenant of small) await makeDue(tenant, 3);
    const rows = large.length * 40 + small.length * 3;
    const first = amounts((await claim(128))[0]);
    for (const { id } of small) assert.equal(first.get(id), 3);
    const amountsOfLarge = large.flatMap(({ id }) => first.get(id) ?? []);
    assert.deepEqual(amountsOfLarge, [32, 32, 32, 26]);

    const served = new Map(first);
    let hasMore = true;
    for (let claims = 0; hasMore && claims < 20; claims++) {
      const [row] = await claim(128);
      hasMore = row?.claim.has_more ?? false;
      for (const [id, amount] of amounts(row)) {
        served.set(id, (served.get(id) ?? 0) + amount);
      }
    }
    assert.equal(
      [...served.values()].reduce((sum, amount) => sum + amount, 0),
      rows,
    );
    await world.admin`delete from private.due_work`;
  });

  await test.step("claims at the same time never give one session to two workers", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 300);
    const claims = await Promise.all(
      Array.from({ length: 12 }, () => claim(50)),
    );
    const sessions = claims.flatMap(([row]) => row?.claim.work.map((work) => JSON.stringify(work)) ?? []);
    const ids = sessions.map((text) => JSON.parse(text).session_id);
    assert.equal(ids.length, 300);
    assert.equal(new Set(ids).size, 300);
    await world.admin`delete from private.due_work`;
  });

  await test.step("two workers at once take each session's turn once", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 200);
    const asked: string[] = [];
    const model = scriptedModel(
      async ({ snapshot }: { snapshot: { session: { id: string } } }) => {
        asked.push(snapshot.session.id);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return buildProposal();
      },
    );
    const workers = [
      world.worker({ model }),
      world.worker({ model }),
      world.worker({ model }),
    ];
    await Promise.all(workers.map((worker) => worker.run()));
    assert.deepEqual(workers.flatMap((worker) => worker.reports), []);
    assert.equal(asked.length, 200);
    assert.equal(new Set(asked).size, 200);
    assert.equal(
      workers.reduce((sum, worker) => sum + worker.posts.length, 0),
      200,
    );
  });

  await test.step("a lease is renewed while a turn takes longer than it", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 1);
    const model = scriptedModel(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      return buildProposal();
    });
    const settings = { leaseSeconds: 0.5 };
    const slow = world.worker({ model, settings });
    const run = slow.run();
    const other = world.worker({ model, settings });
    for (let look = 0; look < 10; look++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await other.run();
    }
    await run;
    assert.equal(model.calls.length, 1);
    assert.equal(slow.posts.length, 1);
    assert.equal(other.posts.length, 0);
  });

  await test.step("a dead worker's session is taken over when its lease has run out", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 1);
    // It claims and is never heard of again.
    await world.database.withRouter((sql) => sql`select private.claim_due_work(10, 0.4)`);
    const startedMs = Date.now();
    const heir = world.worker();
    while (heir.posts.length === 0 && Date.now() - startedMs < 30_000) {
      await heir.run();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const tookMs = Date.now() - startedMs;
    assert.equal(heir.posts.length, 1);
    assert.ok(tookMs >= 300, `${tookMs} ms`);
    const [turn] = await world.look(
      tenant,
      (sql) => sql`select status from turns`,
    );
    assert.deepEqual(turn, { status: "committed" });
  });

  await test.step("a session that kills its workers goes to a person", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 1);
    await world.look(
      tenant,
      (sql) => sql`update private.due_work set attempts = 5`,
    );
    const worker = world.worker();
    await worker.run();
    assert.equal(worker.posts.length, 0);
    const [session] = await world.look(
      tenant,
      (sql) => sql`select holder from sessions`,
    );
    assert.deepEqual(session, { holder: "queue" });
  });

  await test.step("a run that was told to end soon hands over what is left", async () => {
    const tenant = await world.makeTenant();
    await makeDue(tenant, 40);
    const worker = world.worker({
      settings: { claimForMs: 0, maxInFlight: 10 },
      rates: { perSecond: 10_000 },
    });
    const run = worker.start();
    assert.deepEqual(await run.claimed, { lookAgainInMs: 0 });
    await run.finished;
    assert.equal(worker.posts.length, 10);
  });

  await world.stop();
});
