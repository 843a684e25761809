import assert from "node:assert/strict";
import { defaultJobSettings, handBackJobs, runJobs, systemTimers } from "@app/conversations/mod.ts";
import { startWorld, type TestTenant } from "../process-pending/testing.ts";

const customer = "5491100000001";

Deno.test("conversations go back to the bot by themselves", async (test) => {
  const world = await startWorld();
  const woken: Date[] = [];
  const jobs = handBackJobs({
    database: world.database,
    wakeAt: (at) => void woken.push(at),
  });
  const run = async (name = "hand_back_silent") => {
    await world.admin`delete from private.jobs where name = 'hand_back_silent'`;
    if (name === "hand_back_silent") {
      await world.admin`insert into private.jobs (name) values (${name})`;
    }
    await runJobs(jobs, {
      database: world.database,
      timers: systemTimers,
      settings: defaultJobSettings,
      report: (event, error, fields) => {
        // Jobs of other kinds wait for other runners.
        if (fields?.["job"] === name) assert.fail(`${event}: ${error}`);
      },
    });
  };
  const want = (tenant: TestTenant, handBack: object) =>
    world.admin`update public.tenants set settings = settings || ${
      world.admin.json({ hand_back: handBack } as never)
    } where id = ${tenant.id}`;
  /** A conversation that an agent took over and in which they wrote last, some minutes ago. */
  const held = async (
    minutesAgo: number,
    said = "Le llamo mañana a las 9.",
  ) => {
    const tenant = await world.makeTenant();
    const sessionId = await world.write(tenant, customer, "hola");
    await world.worker().run();
    const agent = crypto.randomUUID();
    await world
      .admin`insert into auth.users (id, email) values (${agent}, ${`${agent}@a.test`})`;
    await world
      .admin`insert into public.tenant_members (tenant_id, user_id, role, display_name)
      values (${tenant.id}, ${agent}, 'agent', 'Ana')`;
    await world.look(tenant, (sql) =>
      sql`with takeover as (
          insert into events (session_id, actor_type, actor_id, name, created_at)
          values (${sessionId}, 'agent', ${agent}, 'session_taken_over', now() - interval '3 hours')
        ), escalated as (
          insert into escalations (session_id, reason, status, claimed_by, claimed_at)
          values (${sessionId}, 'asked', 'claimed', ${agent}, now())
        ), said as (
          insert into messages (session_id, config_id, direction, sender_type, sender_id, type, content, status, created_at)
          values (${sessionId}, ${tenant.configId}, 'outbound', 'agent', ${agent}, 'text', ${said}, 'sent',
            now() - make_interval(mins => ${minutesAgo}::integer))
        )
        update sessions set holder = 'human', assigned_to = ${agent} where id = ${sessionId}`);
    return { tenant, sessionId, agent };
  };
  const standing = async (tenant: TestTenant) => {
    const [row] = await world.look<Record<string, unknown>>(
      tenant,
      (sql) =>
        sql`select s.holder, s.assigned_to, s.hand_back_note as note, s.status,
          (select jsonb_agg(p.content || ', ' || p.doer || ', ' || p.status) from promises p) as promises,
          (select count(*)::integer from escalations e where e.status <> 'resolved') as asked
        from sessions s`,
    );
    return { ...row };
  };

  await test.step("after the silence that the tenant wants, with what the person promised", async () => {
    const { tenant } = await held(20);
    await run();
    assert.equal((await standing(tenant))["holder"], "human");
    await want(tenant, { after_minutes: 30 });
    await run();
    assert.equal((await standing(tenant))["holder"], "human");
    await want(tenant, { after_minutes: 15 });
    await run();
    assert.deepEqual(await standing(tenant), {
      holder: "bot",
      assigned_to: null,
      note: "Le llamo mañana a las 9.",
      status: "open",
      promises: ["Le llamo mañana a las 9., person, open"],
      asked: 0,
    });
    const planned = await world
      .admin`select from private.jobs where name = 'keep_promise' and tenant_id = ${tenant.id}`;
    assert.equal(planned.length, 1);
    await run();
    assert.deepEqual((await standing(tenant))["promises"], [
      "Le llamo mañana a las 9., person, open",
    ]);
  });

  await test.step("not while it is snoozed or nobody of the team has it; the bot answers what came meanwhile", async () => {
    const { tenant, sessionId } = await held(20, "Un momento.");
    await want(tenant, { after_minutes: 15 });
    await world.look(
      tenant,
      (sql) => sql`update sessions set snoozed_until = now() + interval '1 hour'`,
    );
    await run();
    assert.equal((await standing(tenant))["holder"], "human");
    await world.look(
      tenant,
      (sql) => sql`update sessions set snoozed_until = null`,
    );
    await world.write(tenant, customer, "¿sigue ahí?");
    woken.length = 0;
    await run();
    assert.equal((await standing(tenant))["holder"], "bot");
    assert.equal(woken.length, 1);
    const worker = world.worker();
    await worker.run();
    assert.equal(worker.posts.length, 1);
    const [event] = await world.look<{ body: { reason: string } }>(
      tenant,
      (sql) => sql`select body from events where session_id = ${sessionId} and name = 'session_handed_back'`,
    );
    assert.equal(event?.body.reason, "silent");
  });

  await test.step("and what was promised is kept when a person resolves, where the tenant wants that", async () => {
    for (const isWanted of [false, true]) {
      const { tenant, sessionId, agent } = await held(1);
      await want(tenant, { on_resolve: isWanted });
      await world.database.callAsMember(
        { sub: agent, role: "authenticated" } as never,
        (call) => call`to_jsonb(api.resolve_session(${tenant.id}::uuid, ${sessionId}::uuid))`,
      );
      await run("keep_word");
      const { status, promises } = await standing(tenant);
      assert.deepEqual([status, promises], [
        "resolved",
        isWanted ? ["Le llamo mañana a las 9., person, open"] : null,
      ]);
    }
  });

  await world.stop();
});
