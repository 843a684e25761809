import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import { type Actor, become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

const connect = async (sql: TransactionSql, tenantId: string, number: string) => {
  const [row] = await sql<{ id: string }[]>`
    select private.connect_number(${tenantId}, ${number}, '+591 2 200 0009', 'Ventas', '300', '400', false) as id`;
  return row?.id ?? "";
};

const storeToken = (sql: TransactionSql, tenantId: string, configId: string) =>
  sql`select private.store_channel_token(${tenantId}, ${configId}, 'k1', ${randomBytes(12)}, ${
    randomBytes(40)
  }, 'wxyz')`;

const storeKey = (sql: TransactionSql, tenantId: string, name = "openai_api_key") =>
  sql`select private.store_tenant_secret(${tenantId}, ${name}, 'k1', ${randomBytes(12)}, ${
    randomBytes(40)
  }, 'abcd')`;

const eventNames = async (sql: TransactionSql) => {
  await become(sql, "postgres", stage);
  return (await sql`
    select name from ${sql(stage.a.schemaName)}.events where name <> 'session_opened' order by id`).map((
    row,
  ) => row.name);
};

Deno.test("owners and admins set and remove model keys and see their last four characters; it is recorded", async () => {
  await stage.as("admin of a", async (sql) => {
    await storeKey(sql, stage.a.id);
    await storeKey(sql, stage.a.id);
    const rows =
      await sql`select name, config_id, last_four from api.list_secrets(${stage.a.id}) where name = 'openai_api_key'`;
    assert.deepEqual(rows.map((row) => ({ ...row })), [
      { name: "openai_api_key", config_id: null, last_four: "abcd" },
    ]);
    assert.equal(
      (await sql`select api.remove_secret(${stage.a.id}, 'openai_api_key') as gone`)[0]?.gone,
      true,
    );
    assert.equal(
      (await sql`select api.remove_secret(${stage.a.id}, 'openai_api_key') as gone`)[0]?.gone,
      false,
    );
    assert.deepEqual(await eventNames(sql), ["secret_changed", "secret_changed", "secret_removed"]);
  });
});

Deno.test("agents and other tenants neither list nor change secrets, and nobody reads one", async () => {
  for (const actor of ["agent of a", "owner of b", "stranger"] as const) {
    const attempts: ((sql: TransactionSql) => Promise<unknown>)[] = [
      (sql) => sql`select api.list_secrets(${stage.a.id})`,
      (sql) => sql`select api.remove_secret(${stage.a.id}, 'openai_api_key')`,
      (sql) => storeKey(sql, stage.a.id),
      (sql) => storeToken(sql, stage.a.id, stage.a.configId),
      (sql) => connect(sql, stage.a.id, "777"),
      (sql) => sql`select api.disconnect_number(${stage.a.id}, ${stage.a.configId})`,
    ];
    for (const attempt of attempts) await assert.rejects(stage.as(actor, attempt), { code: "42501" });
  }
  const readable: Actor[] = ["owner of a", "admin of a", "agent of a", "router", "worker of b"];
  for (const actor of readable) {
    const rows = await stage.as(
      actor,
      (sql) => sql`select from private.tenant_secrets where tenant_id = ${stage.a.id}`,
    )
      .catch((error) => assert.equal(error.code, "42501"));
    assert.equal(rows?.length ?? 0, 0);
  }
  await assert.rejects(stage.as("owner of a", (sql) => storeKey(sql, stage.a.id, "password")), {
    code: "23514",
  });
});

Deno.test("a number is connected, found again, and lost by disconnecting with its token, while its conversations stay", async () => {
  await stage.as("owner of a", async (sql) => {
    const id = await connect(sql, stage.a.id, "777");
    await storeToken(sql, stage.a.id, id);
    assert.equal(await connect(sql, stage.a.id, "777"), id);
    assert.equal((await sql`select api.disconnect_number(${stage.a.id}, ${id}) as gone`)[0]?.gone, true);
    assert.equal((await sql`select api.disconnect_number(${stage.a.id}, ${id}) as gone`)[0]?.gone, false);
    const [channel] = await sql`
      select is_connected, is_enabled, phone_number_id from api.list_channels(${stage.a.id}) where config_id = ${id}`;
    assert.deepEqual({ ...channel }, { is_connected: false, is_enabled: false, phone_number_id: "777" });
    assert.equal((await sql`select from api.list_secrets(${stage.a.id}) where config_id = ${id}`).length, 0);
    assert.equal(await connect(sql, stage.a.id, "777"), id, "the same row, with its conversations");
    assert.deepEqual(await eventNames(sql), [
      "number_connected",
      "secret_changed",
      "number_connected",
      "number_disconnected",
      "number_connected",
    ]);
  });
});

Deno.test("a number of another tenant is refused without saying whose, until it is let go of", async () => {
  await stage.as("owner of a", async (sql) => {
    await connect(sql, stage.a.id, "888");
    await become(sql, "owner of b", stage);
    await assert.rejects(sql.savepoint((inner) => connect(inner, stage.b.id, "888")), (error: Error) => {
      assert.match(error.message, /connected elsewhere already/);
      assert.ok(!error.message.includes(stage.a.id) && !error.message.includes("stage_a"));
      return "code" in error && error.code === "PT409";
    });
    await become(sql, "owner of a", stage);
    const [mine] =
      await sql`select config_id from api.list_channels(${stage.a.id}) where phone_number_id = '888'`;
    await sql`select api.disconnect_number(${stage.a.id}, ${mine?.config_id})`;
    await become(sql, "owner of b", stage);
    assert.ok(await connect(sql, stage.b.id, "888"));
    await become(sql, "owner of a", stage);
    await assert.rejects(sql.savepoint((inner) => connect(inner, stage.a.id, "888")), { code: "PT409" });
  });
});

Deno.test("a token and a disconnection reach only numbers of the tenant that is named", async () => {
  await stage.as("owner of b", async (sql) => {
    for (
      const attempt of [
        (inner: TransactionSql) => storeToken(inner, stage.b.id, stage.a.configId),
        (inner: TransactionSql) => inner`select api.disconnect_number(${stage.b.id}, ${stage.a.configId})`,
      ]
    ) await assert.rejects(sql.savepoint(attempt), { code: "PT404" });
  });
});
