import assert from "node:assert/strict";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { accept, startWorld, type TestTenant } from "./testing.ts";

const slow = { perSecond: 20, pairBurst: 100 };

Deno.test("processDueWork() keeps to the rates of numbers and people", async (test) => {
  const world = await startWorld();

  /** Queues messages of an agent in conversations of their own, or all in one; they are due at once. */
  async function queue(
    tenant: TestTenant,
    amount: number,
    phone?: string,
  ): Promise<void> {
    for (let n = 0; n < (phone ? 1 : amount); n++) {
      const session = await world.write(
        tenant,
        phone ?? `54911${1_000_000 + n}`,
        "hola",
        {
          needsAnswer: false,
        },
      );
      await world.look(tenant, (sql) =>
        sql`with queued as (
            insert into messages (session_id, config_id, direction, sender_type, type, content, status)
            select ${session}::uuid, ${tenant.configId}::uuid, 'outbound', 'agent', 'text', 'n' || n, 'queued'
            from generate_series(1, ${phone ? amount : 1}::integer) n order by n
          )
          insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
          values (tenant_id(), ${tenant.schemaName}, ${session}::uuid, 'delivery', now())`);
    }
  }

  const slotsOf = async (tenant: TestTenant) => {
    const rows = await world.look(
      tenant,
      (sql) =>
        sql<{ id: string; slot: number }>`
        select m.id, extract(epoch from m.slot_at)::float8 * 1000 as slot
        from messages m where m.direction = 'outbound' order by m.slot_at`,
    );
    return [...rows];
  };

  await test.step("a number sends a tenth at once, then evenly, whichever isolate asks", async () => {
    const tenant = await world.makeTenant();
    await queue(tenant, 30);
    const postedMs = new Map<string, number>();
    const post = ({ id }: { id: string }) => {
      postedMs.set(id, Date.now());
      return accept();
    };
    const workers = [1, 2, 3].map(() => world.worker({ rates: slow, post }));
    await Promise.all(workers.map((worker) => worker.run()));
    const posted = workers.flatMap((worker) => worker.posts.map(({ id }) => id));
    assert.equal(new Set(posted).size, 30);
    assert.equal(posted.length, 30);
    const times = await slotsOf(tenant);
    // Never more than 20 in any second, and nobody before their slot.
    for (const [index, { id, slot }] of times.entries()) {
      const earlyMs = slot - (postedMs.get(id) ?? 0);
      assert.ok(
        earlyMs <= 15,
        `message ${index} was posted ${earlyMs} ms early`,
      );
      const later = times[index + 20];
      assert.ok(
        !later || later.slot - slot >= 999,
        `21 messages within ${(later?.slot ?? 0) - slot} ms`,
      );
    }
    assert.deepEqual(workers.flatMap((worker) => worker.reports), []);
  });

  await test.step("a number that its owner also uses by phone sends a quarter of that; settings decide", async () => {
    const tenant = await world.makeTenant();
    const rate = async (
      settings: Record<string, string | number | boolean>,
    ) => {
      await world.admin`update public.client_configs set settings = ${world.admin.json(settings)}
        where id = ${tenant.configId}`;
      const [row] = await world.look(
        tenant,
        (sql) =>
          sql<
            { rate: number }
          >`select private.rate_of_number(${tenant.configId}::uuid, ${
            sql.json({ per_second: 80, coexistence_per_second: 20 })
          })::float8 as rate`,
      );
      return row?.rate;
    };
    assert.equal(await rate({}), 80);
    assert.equal(await rate({ is_coexistence: true }), 20);
    assert.equal(await rate({ messages_per_second: 1000 }), 1000);
  });

  await test.step("one person gets ten at once and the next one after 6 s; others do not wait for them", async () => {
    const tenant = await world.makeTenant();
    await queue(tenant, 12, "5491199999999");
    await queue(tenant, 2);
    const worker = world.worker({ settings: { claimForMs: 300 } });
    const run = worker.start();
    await run.claimed;
    await run.finished;
    assert.equal(worker.posts.length, 12);
    const [waiting] = await world.look(
      tenant,
      (sql) =>
        sql<{ status: string; waits: number; due: number }>`
        select m.status, extract(epoch from m.send_after - now())::float8 as waits,
          extract(epoch from d.due_at - m.send_after)::float8 as due
        from messages m join private.due_work d on d.session_id = m.session_id and d.work = 'delivery'
        where m.status = 'queued' order by m.seq limit 1`,
    );
    assert.ok(
      waiting && waiting.waits > 0 && waiting.waits <= 6,
      JSON.stringify(waiting),
    );
    assert.equal(waiting.due, 0);
  });

  await test.step("a reply of a turn waits for its slot like any other", async () => {
    const tenant = await world.makeTenant();
    for (let n = 0; n < 12; n++) {
      await world.write(tenant, `54922${1_000_000 + n}`, "hola");
    }
    const worker = world.worker({
      rates: { ...slow, perSecond: 10 },
      model: scriptedModel(() => buildProposal()),
    });
    // A run that a busy machine ends early is followed by another, as the schedule does.
    for (let runs = 0; runs < 20 && worker.posts.length < 12; runs++) {
      await worker.run();
    }
    assert.equal(worker.posts.length, 12);
    const times = await slotsOf(tenant);
    assert.ok(
      (times.at(-1)?.slot ?? 0) - (times[0]?.slot ?? 0) >= 1_100,
      JSON.stringify(times),
    );
  });

  await test.step("130429 makes the whole number slower, and the message goes later", async () => {
    const tenant = await world.makeTenant();
    const phone = "5491188888888";
    await world.write(tenant, phone, "hola");
    let posts = 0;
    const worker = world.worker({
      settings: { backoffSeconds: 0.01 },
      // Others still wait for their turns.
      post: ({ identities }) =>
        identities[0]?.externalId !== phone || ++posts > 1 ? accept() : {
          kind: "refused",
          code: 130429,
          action: "wait",
          effect: "slow_channel",
          retryAfterMs: 100,
          title: "The number sends too fast",
        },
    });
    await worker.run();
    assert.equal(posts, 2);
    const rate = async () => {
      const [row] = await world.look(
        tenant,
        (sql) =>
          sql<{ rate: number }>`
          select private.rate_of_number(${tenant.configId}::uuid, '{"per_second": 80}')::float8 as rate`,
      );
      return row?.rate ?? 0;
    };
    const complain = () =>
      world.look(
        tenant,
        (sql) =>
          sql`select private.slow_number(${tenant.configId}::uuid, interval '0', '{"per_second": 80}')`,
      );
    const slowedAgo = (seconds: number) =>
      world.look(
        tenant,
        (sql) =>
          sql`update private.sending_rates set slowed_at = clock_timestamp() - make_interval(secs => ${seconds})
          where config_id = ${tenant.configId}::uuid`,
      );
    // Time passes while the test asks, and the number gets faster: four seconds more are a third more.
    const isNear = (found: number, wanted: number) =>
      assert.ok(found >= wanted - 0.5 && found < wanted * 4 / 3, `${found}, not ${wanted}`);
    isNear(await rate(), 40);
    // What was on its way with the refused one is refused too; that is no further complaint.
    await slowedAgo(0);
    await complain();
    isNear(await rate(), 40);
    await slowedAgo(5);
    isNear(await rate(), 56.6);
    await complain();
    isNear(await rate(), 28.3);
    await slowedAgo(10);
    isNear(await rate(), 56.6);
    await slowedAgo(3_600);
    assert.equal(await rate(), 80);
  });

  await world.stop();
});
