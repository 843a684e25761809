import assert from "node:assert/strict";
import { changeBody } from "@app/channels/testing.ts";
import { otherApp, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

let accounts = 0;
const newAccount = () => `4400${++accounts}`;

/** An account event at a second of the same day. */
function told(
  accountId: string,
  second: number,
  field: string,
  value: Record<string, unknown>,
) {
  const body = changeBody(field, value, accountId) as {
    entry: Record<string, unknown>[];
  };
  return {
    ...body,
    entry: body.entry.map((entry) => ({
      ...entry,
      time: 1_795_257_000 + second,
    })),
  };
}

function templateStatus(
  accountId: string,
  second: number,
  event: string,
  more: Record<string, unknown> = {},
) {
  return told(accountId, second, "message_template_status_update", {
    event,
    message_template_id: 1689556908129832,
    message_template_name: "pedido_listo",
    message_template_language: "es_MX",
    reason: null,
    message_template_category: "UTILITY",
    ...more,
  });
}

const templatesOf = async (shop: Shop) => {
  const rows = await webhook.rows(shop, "message_templates");
  return rows.map(({ name, language, status, quality, category }) =>
    [name, language, status, quality, category].join(" ")
  );
};

Deno.test("handle() follows the templates of an account: status, quality, category, words, reason", async () => {
  const accountId = newAccount();
  const shop = await webhook.makeShop({ accountId });
  const template = {
    message_template_id: 1689556908129832,
    message_template_name: "pedido_listo",
    message_template_language: "es-MX",
  };
  await webhook.receive(templateStatus(accountId, 1, "APPROVED"));
  const quality = {
    ...template,
    previous_quality_score: "GREEN",
    new_quality_score: "RED",
  };
  await webhook.receive(
    told(accountId, 2, "message_template_quality_update", quality),
  );
  await webhook.receive(
    told(accountId, 3, "template_category_update", {
      ...template,
      new_category: "MARKETING",
    }),
  );
  const words = {
    message_template_element: "Tu pedido {{1}} está listo",
    message_template_footer: "Cajas Sur",
  };
  await webhook.receive(
    told(accountId, 4, "message_template_components_update", {
      ...template,
      ...words,
    }),
  );
  assert.deepEqual(await templatesOf(shop), [
    "pedido_listo es_MX approved red marketing",
  ]);
  const [stored] = await webhook.rows(shop, "message_templates");
  assert.deepEqual([
    stored?.account_id,
    stored?.external_id,
    stored?.components,
  ], [
    accountId,
    "1689556908129832",
    [{ type: "BODY", text: "Tu pedido {{1}} está listo" }, {
      type: "FOOTER",
      text: "Cajas Sur",
    }],
  ]);

  await webhook.receive(
    templateStatus(accountId, 6, "PAUSED", { reason: "LOW_QUALITY" }),
  );
  await webhook.receive(templateStatus(accountId, 5, "REINSTATED"));
  const [paused] = await webhook.rows(shop, "message_templates");
  assert.deepEqual([paused?.status, paused?.reason], ["paused", "LOW_QUALITY"]);
});

Deno.test("handle() keeps an account event once, however often it comes", async () => {
  const accountId = newAccount();
  const shop = await webhook.makeShop({ accountId });
  const body = told(accountId, 1, "account_update", {
    event: "ACCOUNT_VIOLATION",
  });
  assert.equal((await webhook.receive(body)).noted, 1);
  assert.equal((await webhook.receive(body)).noted, undefined);
  assert.equal(await webhook.count(shop, "channel_events"), 1);
});

Deno.test("handle() tells each tenant of a shared account what is theirs", async () => {
  const accountId = newAccount();
  const [one, two] = [
    await webhook.makeShop({ accountId, displayPhone: "+52 1 55 1111-1111" }),
    await webhook.makeShop({ accountId, displayPhone: "+52 1 55 2222-2222" }),
  ];
  const limit = {
    display_phone_number: "5215522222222",
    event: "ONBOARDING",
    current_limit: "TIER_1K",
  };
  await webhook.receive(
    told(accountId, 1, "phone_number_quality_update", limit),
  );
  await webhook.receive(
    told(accountId, 2, "account_update", { event: "ACCOUNT_VIOLATION" }),
  );
  assert.deepEqual([
    await webhook.count(one, "channel_events"),
    await webhook.count(two, "channel_events"),
  ], [1, 2]);

  await sql`insert into ${sql(one.schemaName)}.message_templates (account_id, name, language)
    values (${accountId}, 'pedido_listo', 'es_MX')`;
  await webhook.receive(
    templateStatus(accountId, 3, "REJECTED", { reason: "INVALID_FORMAT" }),
  );
  assert.deepEqual([
    (await templatesOf(one)).length,
    (await templatesOf(two)).length,
  ], [1, 0]);
  const unheard = { message_template_name: "nueva", message_template_id: 2 };
  await webhook.receive(templateStatus(accountId, 4, "APPROVED", unheard));
  assert.deepEqual([
    (await templatesOf(one)).length,
    (await templatesOf(two)).length,
  ], [2, 1]);
});

Deno.test("handle() keeps what names a number that nobody has, until somebody has it", async () => {
  const accountId = newAccount();
  await webhook.makeShop({ accountId, displayPhone: "+52 1 55 1111-1111" });
  const late = await webhook.makeShop({ accountId });
  const limit = {
    display_phone_number: "5215533333333",
    event: "ONBOARDING",
    current_limit: "TIER_1K",
  };
  assert.equal(
    (await webhook.receive(
      told(accountId, 1, "phone_number_quality_update", limit),
    )).kept,
    1,
  );
  await sql`update public.client_configs set settings = settings || '{"display_phone_number": "5215533333333"}'
    where id = ${late.configId}`;
  assert.equal((await webhook.replay()).replayed, 1);
  assert.equal(await webhook.count(late, "channel_events"), 1);
});

Deno.test("handle() keeps what came for an unknown account, and ignores unknown fields of it", async () => {
  const accountId = newAccount();
  const { kept } = await webhook.receive(
    templateStatus(accountId, 1, "APPROVED"),
  );
  const ignored = await webhook.receive(
    told(accountId, 2, "moon_phase_update", { phase: "full" }),
  );
  assert.deepEqual([kept, ignored.kept], [1, 0]);
  const shop = await webhook.makeShop({ accountId });
  await sql`update private.failed_webhooks set next_attempt_at = now()`;
  assert.equal((await webhook.replay()).replayed, 1);
  assert.deepEqual(await templatesOf(shop), [
    "pedido_listo es_MX approved  utility",
  ]);
});

Deno.test("handle() keeps unknown fields of a known account for later", async () => {
  const accountId = newAccount();
  const shop = await webhook.makeShop({ accountId });
  await webhook.receive(
    told(accountId, 1, "moon_phase_update", { phase: "full" }),
  );
  const [event] = await webhook.rows(shop, "channel_events");
  const { about, field } = event?.body as Record<string, unknown>;
  assert.deepEqual([event?.kind, about, field], [
    "account",
    "other",
    "moon_phase_update",
  ]);
});

Deno.test("handle() refuses account events of an app that owns none of its numbers", async () => {
  const accountId = newAccount();
  const shop = await webhook.makeShop({ accountId });
  const response = await webhook.post(
    templateStatus(accountId, 1, "DELETED"),
    otherApp.secret,
  );
  await response.body?.cancel();
  assert.equal(response.status, 401);
  assert.equal(await webhook.count(shop, "channel_events"), 0);
});
