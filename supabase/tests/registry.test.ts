import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const denied = { code: "42501" };

Deno.test("an owner and an admin change name, time zone and settings of their tenant, nothing else of the registry", async () => {
  for (const actor of ["owner of a", "admin of a"] as const) {
    await stage.as(actor, async (sql) => {
      const changed =
        await sql`update public.tenants set name = 'New', time_zone = 'UTC', settings = '{"x": 1}' returning slug`;
      assert.deepEqual([...changed], [{ slug: "stage_a" }]);
      const numbers =
        await sql`update public.client_configs set debounce_ms = 0, is_enabled = false returning client_id`;
      assert.deepEqual([...numbers], [{ client_id: stage.a.id }]);
    });
    for (
      const change of [
        "update public.tenants set status = 'active'",
        "update public.tenants set slug = 'other'",
        'update public.client_configs set settings = \'{"app_id": "1"}\'',
        "update public.client_configs set channel_id = '1'",
        "update public.tenant_members set role = 'owner'",
        "delete from public.tenant_members",
        "delete from public.tenants",
        "select token_hash from public.tenant_invitations",
        "select * from private.channel_secrets",
        "select * from private.meta_apps",
      ]
    ) {
      await assert.rejects(stage.as(actor, (sql) => sql.unsafe(change)), denied, `${actor}: ${change}`);
    }
  }
});

Deno.test("an agent changes how they are shown, and nobody else", async () => {
  const changed = await stage.as(
    "agent of a",
    (sql) => sql`update public.tenant_members set availability = 'away' returning user_id`,
  );
  assert.deepEqual(changed.map((row) => row.user_id), [stage.a.people.agent]);
  const tenants = await stage.as(
    "agent of a",
    (sql) => sql`update public.tenants set name = 'Mine' returning id`,
  );
  assert.equal(tenants.length, 0);
});

Deno.test("a member who was removed is refused at the next request, whatever their token says", async () => {
  await assert.rejects(
    stage.as("postgres", async (sql) => {
      await become(sql, "agent of a", stage);
      assert.equal((await sql`select from api.list_sessions(${stage.a.id})`).length, 1);
      await become(sql, "postgres", stage);
      await sql`delete from public.tenant_members where user_id = ${stage.a.people.agent}`;
      await become(sql, "agent of a", stage);
      await sql`select from api.list_sessions(${stage.a.id})`;
    }),
    denied,
  );
});

Deno.test("an agent writes messages and events in their own name only, and changes none that left", async () => {
  const write = (sql: TransactionSql, type: string, sender: string, direction = "outbound") =>
    sql`
      insert into messages (session_id, config_id, direction, sender_type, sender_id, type, content, status)
      values (${stage.a.sessionId}, ${stage.a.configId}, ${direction}, ${type}, ${sender}, 'text', 'hi', 'queued')`;
  const { agent, admin } = stage.a.people;
  await stage.as("agent of a", (sql) => write(sql, "agent", agent));
  await assert.rejects(stage.as("agent of a", (sql) => write(sql, "agent", admin)), denied);
  await assert.rejects(stage.as("agent of a", (sql) => write(sql, "bot", agent)), denied);
  await assert.rejects(stage.as("agent of a", (sql) => write(sql, "agent", agent, "inbound")), denied);
  await assert.rejects(
    stage.as(
      "agent of a",
      (sql) =>
        sql`insert into events (actor_type, actor_id, name) values ('agent', ${admin}, 'session_resolved')`,
    ),
    denied,
  );
  await stage.as("agent of a", async (sql) => {
    assert.equal((await sql`update messages set status = 'cancelled'`).count, 0, "the inbound message stays");
    await write(sql, "agent", agent);
    assert.equal((await sql`update messages set status = 'cancelled'`).count, 1);
  });
  await assert.rejects(
    stage.as("agent of a", async (sql) => {
      await write(sql, "agent", agent);
      await sql`update messages set status = 'sent'`;
    }),
    denied,
  );
});

Deno.test("the router sees which tenant owns a number, and no name, setting or conversation", async () => {
  const [found] = await stage.as("router", (sql) =>
    sql`
      select t.schema_name, t.status from public.client_configs c join public.tenants t on t.id = c.client_id
      where c.channel_type = 'whatsapp' and c.channel_id = '100'`);
  assert.deepEqual({ ...found }, { schema_name: "client_stage_a", status: "active" });
  for (
    const read of [
      "select name from public.tenants",
      "select settings from public.tenants",
      "select from client_stage_a.sessions",
      "select from private.channel_secrets",
      "select from public.tenant_members",
    ]
  ) {
    await assert.rejects(stage.as("router", (sql) => sql.unsafe(read)), denied, read);
  }
});

Deno.test("a worker sees its own tenant, numbers, secrets and due work, and no one else's", async () => {
  await stage.as("worker of a", async (sql) => {
    for (const table of ["public.client_configs", "private.channel_secrets", "private.due_work"]) {
      const rows = await sql.unsafe<{ schema_name: string }[]>(`select schema_name from ${table}`);
      assert.deepEqual(rows.map((row) => row.schema_name), ["client_stage_a"], table);
    }
  });
  await assert.rejects(stage.as("worker of a", (sql) => sql`select from private.meta_apps`), denied);
  await assert.rejects(stage.as("worker of a", (sql) => sql`select from client_stage_b.sessions`), denied);
});

Deno.test("a config cannot name one tenant and the schema of another", async () => {
  await assert.rejects(
    stage.as("postgres", (sql) =>
      sql`
        insert into public.client_configs (client_id, schema_name, channel_type, channel_id, display_name)
        values (${stage.a.id}, ${stage.b.schemaName}, 'whatsapp', '999', 'x')`),
    { constraint_name: "config_names_the_schema_of_its_tenant" },
  );
});
