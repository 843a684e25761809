import assert from "node:assert/strict";
import { outboundContent } from "@app/contracts/mod.ts";
import { startWorld } from "./testing.ts";

const customer = "5491100000001";
const ownPhone = "5491100000099";
const body = { type: "BODY", text: "{{1}} espera a una persona en {{2}}." };
const link = {
  type: "BUTTONS",
  buttons: [{ type: "URL", text: "Abrir", url: "https://agents.example.com/{{1}}" }],
};

Deno.test("people who proved their number are told on WhatsApp, by the tenant's template", async (test) => {
  const world = await startWorld();
  const tenant = await world.makeTenant();
  const { admin } = world;
  const people = { agent: crypto.randomUUID(), owner: crypto.randomUUID() };
  for (const [role, id] of Object.entries(people)) {
    await admin`insert into auth.users (id, email) values (${id}, ${`${role}@a.test`})`;
    await admin`insert into public.tenant_members (tenant_id, user_id, role, display_name, last_used_at)
      values (${tenant.id}, ${id}, ${role}, ${role}, now())`;
  }
  await admin`update public.client_configs set settings = '{"waba_id": "300", "display_phone_number": "+1 555-0100"}'
    where id = ${tenant.configId}`;
  const template = (name: string, components: object[], status = "approved") =>
    world.look(
      tenant,
      (sql) =>
        sql`insert into message_templates (account_id, name, language, status, components)
        values ('300', ${name}, 'es', ${status}, ${sql.json(components)})`,
    );
  await template("aviso", [body, link]);
  await template("sin_enlace", [body]);
  await template("largo", [{ ...body, text: "{{1}} {{2}} {{3}}" }, link]);
  await template("con_foto", [{ type: "HEADER", format: "IMAGE" }, body, link]);
  await template("parado", [body, link], "paused");

  const as = (role: keyof typeof people) => ({ sub: people[role], role: "authenticated" }) as never;
  const choose = (name: string) =>
    world.database.callAsMember(
      as("owner"),
      (call) =>
        call`api.save_alert_settings(${tenant.id}::uuid, ${
          call.json({ template: { config_id: tenant.configId, name, language: "es" } })
        })`,
    );
  const phone = async (name: "ask_alert_code" | "confirm_alert_phone" | "get_alert_phone") => {
    const rows = {
      ask_alert_code: () =>
        world.database.callAsMember(
          as("agent"),
          (call) => call`to_jsonb(api.ask_alert_code(${tenant.id}::uuid))`,
        ),
      confirm_alert_phone: () =>
        world.database.callAsMember(
          as("agent"),
          (call) => call`to_jsonb(api.confirm_alert_phone(${tenant.id}::uuid))`,
        ),
      get_alert_phone: () =>
        world.database.callAsMember(
          as("agent"),
          (call) => call`to_jsonb(api.get_alert_phone(${tenant.id}::uuid))`,
        ),
    };
    return await rows[name]() as { code: string; phone: string | null; send_to: string | null };
  };
  const call = async (sessionId: string) =>
    await world.look(tenant, async (sql) => {
      await sql`select engine.call_people(${
        sql.json([{ session_id: sessionId, reason: "asked_for_person", category: "asked_for_person" }])
      })`;
      const rows = await sql<{ id: string }>`select id from escalations where session_id = ${sessionId}`;
      await sql`select engine.alert_people(${rows[0]?.id ?? null}::uuid, 1, 'agent')`;
      await sql`select engine.alert_people(${rows[0]?.id ?? null}::uuid, 1, 'agent')`;
      return rows;
    });

  await test.step("a template that cannot tell them is refused", async () => {
    for (const name of ["sin_enlace", "largo", "con_foto", "parado", "unknown"]) {
      await assert.rejects(choose(name), name);
    }
    assert.equal((await phone("get_alert_phone")).send_to, null);
    await choose("aviso");
    assert.equal((await phone("get_alert_phone")).send_to, "15550100");
  });

  await test.step("a number is one's own once its code has come from it", async () => {
    const { code } = await phone("ask_alert_code");
    await assert.rejects(phone("confirm_alert_phone"));
    await world.write(tenant, ownPhone, `Hola, ${code.toUpperCase()}`);
    const confirmed = await phone("confirm_alert_phone");
    assert.equal(confirmed.phone, ownPhone);
    // A code is good once.
    await assert.rejects(phone("confirm_alert_phone"));
    assert.equal((await phone("get_alert_phone")).phone, ownPhone);
  });

  await test.step("the template names the contact and leads to the conversation; once, in no queue", async () => {
    const sessionId = await world.write(tenant, customer, "hola", { profile: { name: "Ana\n Rojas" } });
    await world.look(tenant, (sql) => sql`delete from private.due_work where work = 'turn'`);
    await call(sessionId);
    const worker = world.worker();
    await worker.run();
    const [post, ...others] = worker.posts;
    assert.equal(others.length, 0);
    assert.deepEqual(post?.identities.map(({ externalId }) => externalId), [ownPhone]);
    assert.deepEqual(outboundContent.parse(post?.content), {
      type: "template",
      name: "aviso",
      language: "es",
      body: [{ text: "Ana Rojas" }, { text: "Tenant t1" }],
      buttons: [{ kind: "url", index: 0, text: `t/t1/c/${sessionId}` }],
    });
    const [message] = await world.look<{ id: string; content: string; status: string }>(
      tenant,
      (sql) =>
        sql`select m.id, m.content, s.status from messages m join sessions s on s.id = m.session_id
        where m.sender_type = 'system'`,
    );
    assert.equal(message?.content, "Ana Rojas espera a una persona en Tenant t1.");
    assert.equal(message?.status, "archived");
    const receipts = async () => {
      const [row] = await world.look<Record<string, unknown>>(
        tenant,
        (sql) =>
          sql`select sent_at is not null as sent, delivered_at is not null as delivered, opened_at is not null as opened,
          failure from alerts where way = 'whatsapp'`,
      );
      return { ...row };
    };
    const tell = (status: string, error?: object) =>
      world.look(
        tenant,
        (sql) =>
          sql`select engine.receive_statuses(${tenant.configId}::uuid, ${
            sql.json(
              [{
                callbackData: message?.id,
                externalId: "wamid.x",
                status,
                timestamp: new Date().toISOString(),
                error,
              }] as never,
            )
          })`,
      );
    assert.deepEqual(await receipts(), { sent: false, delivered: false, opened: false, failure: null });
    await tell("delivered");
    assert.deepEqual(await receipts(), { sent: true, delivered: true, opened: false, failure: null });
    await tell("read");
    assert.deepEqual(await receipts(), { sent: true, delivered: true, opened: true, failure: null });
    const [ack] = await world.look(tenant, (sql) => sql`select acknowledged_at from escalations`);
    assert.equal(ack?.["acknowledged_at"], null);
  });

  await test.step("not by a template that was paused since, nor to who took their number back", async () => {
    const again = await world.write(tenant, "5491100000002", "hola");
    await world.look(
      tenant,
      (sql) => sql`update message_templates set status = 'paused' where name = 'aviso'`,
    );
    await call(again);
    await world.look(
      tenant,
      (sql) => sql`update message_templates set status = 'approved' where name = 'aviso'`,
    );
    await world.database.callAsMember(
      as("agent"),
      (call) => call`api.forget_alert_phone(${tenant.id}::uuid)`,
    );
    await call(await world.write(tenant, "5491100000003", "hola"));
    await world.look(tenant, (sql) => sql`delete from private.due_work where work = 'turn'`);
    const worker = world.worker();
    await worker.run();
    assert.equal(worker.posts.length, 0);
  });

  await world.stop();
});
