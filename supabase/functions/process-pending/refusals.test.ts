import assert from "node:assert/strict";
import { mapGraphError } from "@app/channels/mod.ts";
import { buildProposal, scriptedModel } from "@app/sales-engine/testing.ts";
import { Buffer } from "node:buffer";
import { accept, startWorld, type TestTenant } from "./testing.ts";

const person = "5491100000001";

Deno.test("processDueWork() does what refusals ask for", async (test) => {
  const world = await startWorld();

  const one = async (
    tenant: TestTenant,
    what: "contact" | "session" | "message" | "config",
  ) => {
    const [row] = await world.look(
      tenant,
      (sql) =>
        what === "contact"
          ? sql`select opted_out_at is not null as "isOut", undeliverable_at is not null as "isUnreachable",
            marketing_paused_until > now() + interval '23 hours' as "isPaused" from contacts`
          : what === "session"
          ? sql`select holder, window_expires_at <= now() as "isClosed" from sessions`
          : what === "message"
          ? sql`select status, attempts, error from messages where direction = 'outbound' order by seq limit 1`
          : sql`select stopped_until = 'infinity' as "isStopped", stop_reason ->> 'code' as code
            from public.client_configs where id = ${tenant.configId}::uuid`,
    );
    return { ...row };
  };
  const eventsOf = async (tenant: TestTenant) =>
    (await world.look(
      tenant,
      (sql) => sql<{ name: string }>`select name from events order by id`,
    )).map((
      { name },
    ) => name);
  const receive = (tenant: TestTenant, status: Record<string, unknown>) =>
    world.look(
      tenant,
      (sql) =>
        sql`select engine.receive_statuses(${tenant.configId}::uuid, ${
          sql.json([{
            kind: "status",
            timestamp: new Date().toISOString(),
            ...status,
          }])
        })`,
    );
  /** A status as the channel reads it, for a code of Graph. */
  const failed = (externalId: string, code: number) => {
    const { kind: _kind, code: _code, ...refusal } = mapGraphError(
      { code },
      400,
    );
    return {
      externalId,
      status: "failed",
      error: { code, title: "As Meta says it" },
      refusal,
    };
  };

  await test.step("131050 opts out, 131026 flags the contact, 131049 pauses marketing; each is in the timeline", async () => {
    const wanted = [
      [131050, "isOut", "contact_opted_out"],
      [131026, "isUnreachable", "contact_unreachable"],
      [131049, "isPaused", "marketing_paused"],
    ] as const;
    for (const [code, mark, event] of wanted) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      await world.worker({ post: () => mapGraphError({ code }, 400) }).run();
      assert.equal((await one(tenant, "contact"))[mark], true, `${code}`);
      assert.ok((await eventsOf(tenant)).includes(event), `${code}`);
      assert.equal((await one(tenant, "message")).status, "failed");
      assert.equal((await one(tenant, "session")).holder, "queue");
    }
  });

  await test.step("a template that is refused is off; marketing waits for who had enough of it, other templates go", async () => {
    const tenant = await world.makeTenant();
    await world
      .admin`update public.client_configs set settings = '{"waba_id": "300"}' where id = ${tenant.configId}`;
    await world.look(
      tenant,
      (sql) =>
        sql`insert into message_templates (account_id, name, language, category, status) values
        ('300', 'promo', 'es', 'marketing', 'approved'), ('300', 'order', 'es', 'utility', 'approved')`,
    );
    const queue = async (phone: string, name: string) => {
      const session = await world.write(tenant, phone, "hola", {
        needsAnswer: false,
      });
      await world.look(tenant, (sql) =>
        sql`with queued as (
            insert into messages (session_id, config_id, direction, sender_type, type, content, payload, status)
            values (${session}::uuid, ${tenant.configId}::uuid, 'outbound', 'agent', 'template', ${name},
              ${sql.json({ type: "template", name, language: "es" })}, 'queued')
          )
          insert into private.due_work (tenant_id, schema_name, session_id, work, due_at)
          values (tenant_id(), ${tenant.schemaName}, ${session}::uuid, 'delivery', now())
          on conflict (tenant_id, session_id, work) do update set due_at = now()`);
    };
    await queue("5491100000001", "order");
    await world.worker({ post: () => mapGraphError({ code: 132016 }, 400) })
      .run();
    const templates = await world.look(
      tenant,
      (sql) =>
        sql<
          { name: string; status: string }
        >`select name, status from message_templates order by name`,
    );
    assert.deepEqual(templates.map(({ name, status }) => [name, status]), [[
      "order",
      "disabled",
    ], [
      "promo",
      "approved",
    ]]);

    await queue("5491100000002", "promo");
    await world.worker({ post: () => mapGraphError({ code: 131049 }, 400) })
      .run();
    await queue("5491100000002", "promo");
    await queue("5491100000002", "order");
    const worker = world.worker();
    await worker.run();
    assert.deepEqual(worker.posts.map(({ content }) => content), [
      { type: "template", name: "order", language: "es" },
    ]);
  });

  await test.step("a number that is refused stops: nothing more is posted, its owner is told, health shows it", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const stopped = world.worker({
      post: () => mapGraphError({ code: 190 }, 401),
    });
    await stopped.run();
    assert.deepEqual(await one(tenant, "config"), {
      isStopped: true,
      code: "190",
    });
    assert.equal((await one(tenant, "message")).status, "queued");
    assert.ok((await eventsOf(tenant)).includes("channel_stopped"));
    const [health] = await world.database.withRouter((sql) =>
      sql<
        { health: { channels_stopped: number } }
      >`select private.read_health() as health`
    );
    assert.equal(health?.health.channels_stopped, 1);
    const [problem] = await world.admin`
      select c.stop_reason from public.client_configs c where c.id = ${tenant.configId}`;
    assert.equal(problem?.stop_reason.title, "The access token has expired");

    await world.look(
      tenant,
      (sql) => sql`update private.due_work set due_at = now()`,
    );
    await world.write(tenant, "5491100000002", "hola");
    const next = world.worker();
    await next.run();
    assert.equal(stopped.posts.length, 1);
    assert.equal(next.posts.length, 0);
    const holders = await world.look(
      tenant,
      (sql) => sql<{ holder: string }>`select holder from sessions`,
    );
    assert.deepEqual(holders.map(({ holder }) => holder), ["queue", "queue"]);
  });

  await test.step("a stopped number goes on with a new token, or when it is switched on again", async () => {
    const ways = {
      token: (tenant: TestTenant) =>
        world
          .admin`insert into private.channel_secrets (config_id, tenant_id, schema_name, name, key_id, nonce,
            ciphertext) values (${tenant.configId}, ${tenant.id}, ${tenant.schemaName}, 'access_token', 'k1',
            ${Buffer.alloc(12)}, ${Buffer.alloc(40)})`,
      switch: async (tenant: TestTenant) => {
        await world
          .admin`update public.client_configs set is_enabled = false where id = ${tenant.configId}`;
        await world
          .admin`update public.client_configs set is_enabled = true where id = ${tenant.configId}`;
      },
    };
    for (const [way, resume] of Object.entries(ways)) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      await world.worker({ post: () => mapGraphError({ code: 131031 }, 403) })
        .run();
      await resume(tenant);
      assert.deepEqual(await one(tenant, "config"), {
        isStopped: null,
        code: null,
      }, way);
      const worker = world.worker();
      await worker.run();
      assert.equal(worker.posts.length, 1, way);
      assert.equal((await one(tenant, "message")).status, "sending", way);
    }
  });

  await test.step("trouble that its owner should know of is told once an hour, not with every message", async () => {
    const tenant = await world.makeTenant();
    for (const phone of ["5491100000001", "5491100000002", "5491100000003"]) {
      await world.write(tenant, phone, "hola");
      await world.worker({ post: () => mapGraphError({ code: 130497 }, 403) })
        .run();
    }
    const told = await world.look(
      tenant,
      (sql) =>
        sql<{ body: { alert: string; code: number } }>`
        select body from events where name = 'sending_refused' and session_id is null`,
    );
    assert.deepEqual(told.map(({ body }) => [body.code, body.alert]), [[
      130497,
      "owner",
    ]]);
  });

  await test.step("a reply that fails later is said differently, once; the engine knows what and why", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const texts = ["first", "second"];
    const model = scriptedModel(() =>
      buildProposal({
        replies: [{ text: texts.shift() ?? "no third", buttons: [] }],
      })
    );
    const ids: string[] = [];
    const worker = world.worker({
      model,
      post: () => {
        ids.push(`wamid.late${tenant.id}${ids.length}`);
        return { kind: "accepted", externalId: ids.at(-1) ?? "" };
      },
    });
    await worker.run();
    await receive(tenant, failed(ids[0] ?? "", 131053));
    await worker.run();
    assert.deepEqual(worker.posts.map(({ content }) => content), [
      { type: "text", text: "first" },
      { type: "text", text: "second" },
    ]);
    const { snapshot } = model.calls[1] ?? {};
    assert.equal(snapshot?.cause, "delivery_failed");
    assert.deepEqual(snapshot?.undelivered, [{
      content: "first",
      reason: "The file could not be uploaded",
    }]);
    assert.deepEqual(snapshot?.pending, []);

    // The other way failed too: no third, a person.
    await receive(tenant, failed(ids[1] ?? "", 131053));
    await worker.run();
    assert.equal(worker.posts.length, 2);
    assert.equal((await one(tenant, "session")).holder, "queue");
    const causes = await world.look(
      tenant,
      (sql) => sql<{ cause: string }>`select cause from turns order by created_at`,
    );
    assert.deepEqual(causes.map(({ cause }) => cause), [
      "messages",
      "delivery_failed",
    ]);
    assert.deepEqual(worker.reports, []);
  });

  await test.step("a late refusal that no other words would mend goes to a person, and has its effect", async () => {
    for (const code of [131047, 131026]) {
      const tenant = await world.makeTenant();
      await world.write(tenant, person, "hola");
      const worker = world.worker({
        post: () => ({ kind: "accepted", externalId: `wamid.${code}` }),
      });
      await worker.run();
      await receive(tenant, failed(`wamid.${code}`, code));
      await worker.run();
      assert.equal(worker.posts.length, 1, `${code}`);
      assert.deepEqual(await one(tenant, "session"), {
        holder: "queue",
        isClosed: code === 131047,
      });
      assert.equal(
        (await one(tenant, "contact")).isUnreachable,
        code === 131026,
      );
    }
  });

  await test.step("what a customer writes after the failure is answered in the same turn", async () => {
    const tenant = await world.makeTenant();
    await world.write(tenant, person, "hola");
    const model = scriptedModel(() => buildProposal());
    const worker = world.worker({ model, post: () => accept() });
    await worker.run();
    const [sent] = await world.look(
      tenant,
      (sql) =>
        sql<
          { id: string }
        >`select external_id as id from messages where direction = 'outbound'`,
    );
    await receive(tenant, failed(sent?.id ?? "", 131000));
    await world.write(tenant, person, "¿hola?");
    await worker.run();
    assert.equal(worker.posts.length, 2);
    assert.deepEqual(
      model.calls[1]?.snapshot.pending.map(({ content }) => content),
      ["¿hola?"],
    );
    assert.equal(
      (await world.look(tenant, (sql) => sql`select from private.due_work`))
        .length,
      0,
    );
  });

  await world.stop();
});
