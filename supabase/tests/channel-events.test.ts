import assert from "node:assert/strict";
import type { TransactionSql } from "postgres";
import { become } from "./testing/become.ts";
import { type Stage, startStage } from "./testing/stage.ts";

let stage: Stage;
Deno.test.beforeAll(async () => void (stage = await startStage()));
Deno.test.afterAll(() => stage.stop());

/** Has the number of tenant a told of something, an hour ago plus `minutes`. */
async function tell(sql: TransactionSql, kind: string, body: Record<string, string>, minutes = 0) {
  await sql`insert into channel_events (config_id, kind, external_id, body, occurred_at)
    values (${stage.a.configId}, ${kind}, gen_random_uuid()::text, ${sql.json(body)},
      now() - interval '1 hour' + make_interval(mins => ${minutes}))`;
}

Deno.test("list_channel_events() gives a member what the channels told, newest first, page by page, by kind", async () => {
  await stage.as("worker of a", async (sql) => {
    for (let n = 0; n < 5; n++) await tell(sql, n % 2 === 0 ? "call" : "reaction", { n: String(n) });
    await become(sql, "agent of a", stage);
    const page = (before: string | null) =>
      sql<{ id: string; body: { n: string } }[]>`
      select id, body from api.list_channel_events(${stage.a.id}, p_kinds => '{call,reaction}', p_before_id => ${before},
        p_limit => 2)`;
    const first = await page(null);
    const second = await page(String(first.at(-1)?.id));
    assert.deepEqual([...first, ...second].map(({ body }) => body.n), ["4", "3", "2", "1"]);
    const calls = await sql`select from api.list_channel_events(${stage.a.id}, p_kinds => '{call}')`;
    assert.equal(calls.length, 3);
  });
});

Deno.test("list_message_templates() shows the templates of the tenant, all, by status or by number", async () => {
  await stage.as("worker of a", async (sql) => {
    await sql`insert into message_templates (account_id, name, language, status)
      values ('300', 'adios', 'es', 'approved'), ('300', 'hola', 'es', 'rejected')`;
    await become(sql, "agent of a", stage);
    const all = await sql`select name from api.list_message_templates(${stage.a.id})`;
    assert.deepEqual(all.map(({ name }) => name), ["adios", "hola", "staged"]);
    const approved = await sql`select name from api.list_message_templates(${stage.a.id}, 'approved')`;
    assert.deepEqual(approved.map(({ name }) => name), ["adios"]);
    const ofNumber = () =>
      sql`select name from api.list_message_templates(${stage.a.id}, p_config_id => ${stage.a.configId})`;
    assert.deepEqual([...await ofNumber()], []);
    await become(sql, "postgres", stage);
    await sql`update public.client_configs set settings = settings || '{"waba_id": "300"}'
      where id = ${stage.a.configId}`;
    await become(sql, "agent of a", stage);
    assert.equal((await ofNumber()).length, 3);
  });
});

Deno.test("list_channel_health() shows the newest news of every kind about a number, and its provider's problems", async () => {
  await stage.as("worker of a", async (sql) => {
    await tell(sql, "account", { about: "phone_quality", limit: "TIER_10K" }, 2);
    await tell(sql, "account", { about: "phone_quality", limit: "TIER_1K" }, 1);
    await tell(sql, "account", { about: "alert", severity: "WARNING" });
    await tell(sql, "account", { about: "template_status", event: "APPROVED" });
    await tell(sql, "provider_error", { code: "1" });
    await tell(sql, "provider_error", { code: "2" });
    await become(sql, "agent of a", stage);
    const [number, ...more] = await sql`
      select config_id, account, provider_errors::int, last_provider_error from api.list_channel_health(${stage.a.id})`;
    assert.deepEqual([number, more.length], [{
      config_id: stage.a.configId,
      account: {
        phone_quality: { about: "phone_quality", limit: "TIER_10K" },
        alert: { about: "alert", severity: "WARNING" },
      },
      provider_errors: 2,
      last_provider_error: { code: "2" },
    }, 0]);
  });
});

Deno.test("list_channel_problems() tells of templates that cannot be used, restrictions and the provider's errors", async () => {
  await stage.as("worker of a", async (sql) => {
    await sql`insert into message_templates (account_id, name, language, status, reason)
      values ('300', 'hola', 'es', 'paused', 'LOW_QUALITY')`;
    await tell(sql, "account", { about: "account", event: "ACCOUNT_VIOLATION" });
    await tell(sql, "provider_error", { code: "1" });
    const names = async () => {
      await become(sql, "owner of a", stage);
      const rows = await sql`select name, details from api.list_channel_problems(${stage.a.id})`;
      await become(sql, "worker of a", stage);
      await sql`select set_config('search_path', ${`${stage.a.schemaName}, engine, extensions`}, true)`;
      return rows.map(({ name }) => name).filter((name) => /template|account|provider/.test(name)).sort();
    };
    assert.deepEqual(await names(), ["account_restricted", "provider_error", "template_paused"]);
    await tell(sql, "account", { about: "account", event: "DISABLED_UPDATE", banState: "REINSTATE" }, 5);
    await sql`update message_templates set status = 'approved' where name = 'hola'`;
    assert.deepEqual(await names(), ["provider_error"]);
  });
});

for (const actor of ["agent of b", "stranger"] as const) {
  Deno.test(`${actor} sees nothing of what the channels of tenant a told`, async () => {
    for (const name of ["list_channel_events", "list_message_templates", "list_channel_health"]) {
      await assert.rejects(
        stage.as(actor, (sql) => sql`select from ${sql("api." + name)}(${stage.a.id})`),
        { code: "42501" },
      );
    }
  });
}
