import assert from "node:assert/strict";
import { deliveryBody, newMessageId, textMessage } from "@app/channels/testing.ts";
import { newCustomer, type Shop, startWebhook } from "./testing.ts";

const webhook = await startWebhook();
const { sql } = webhook.database;
Deno.test.afterAll(() => webhook.stop());

function hello(...shops: { phoneNumberId: string }[]) {
  const ana = newCustomer();
  return deliveryBody(...shops.map(({ phoneNumberId }) => ({
    phoneNumberId,
    customers: [ana],
    messages: [textMessage({ from: ana }, "hola")],
  })));
}

function failed(channelId: string) {
  return sql<
    {
      reason: string;
      status: string;
      attempts: number;
      tenant_id: string | null;
    }[]
  >`
    select reason, status, attempts, tenant_id from private.failed_webhooks where channel_id = ${channelId}`;
}

async function breakTable(shop: Shop) {
  await sql`alter table ${sql(shop.schemaName)}.messages rename to messages_away`;
  return () => sql`alter table ${sql(shop.schemaName)}.messages_away rename to messages`;
}

function dueNow() {
  return sql`update private.failed_webhooks set next_attempt_at = now() where status = 'waiting'`;
}

Deno.test("handle() keeps one broken tenant's part for replay, and the others of the POST are unharmed", async () => {
  const shops = await Promise.all([
    webhook.makeShop(),
    webhook.makeShop(),
    webhook.makeShop(),
  ]);
  const [one, broken, three] = shops;
  assert.ok(one && broken && three);
  const mend = await breakTable(broken);
  const body = hello(...shops);
  assert.deepEqual(await webhook.receive(body), {
    stored: 2,
    duplicates: 0,
    kept: 1,
    forged: 0,
  });
  assert.deepEqual(await webhook.receive(body), {
    stored: 0,
    duplicates: 2,
    kept: 1,
    forged: 0,
  });
  assert.equal(await webhook.count(one, "messages"), 1);
  assert.equal(await webhook.count(three, "messages"), 1);
  const [row, ...more] = await failed(broken.phoneNumberId);
  assert.deepEqual(row, {
    reason: "not_stored",
    status: "waiting",
    attempts: 0,
    tenant_id: broken.id,
  });
  assert.equal(more.length, 0);

  assert.deepEqual(await webhook.replay(), { replayed: 0, failedAgain: 1 });
  assert.deepEqual(await webhook.replay(), { replayed: 0, failedAgain: 0 });
  await mend();
  await dueNow();
  const replayed = await webhook.replay();
  assert.equal(replayed.replayed, 1);
  assert.ok(replayed.nextDueAt);
  assert.equal(await webhook.count(broken, "messages"), 1);
  assert.equal((await failed(broken.phoneNumberId))[0]?.status, "replayed");
});

Deno.test("handle() keeps what came for an unknown number, until somebody owns it", async () => {
  const phoneNumberId = "990000000000001";
  assert.deepEqual(await webhook.receive(hello({ phoneNumberId })), {
    stored: 0,
    duplicates: 0,
    kept: 1,
    forged: 0,
  });
  assert.equal((await failed(phoneNumberId))[0]?.reason, "unknown_number");
  assert.equal((await webhook.replay()).failedAgain, 1);

  const shop = await webhook.makeShop();
  await sql`update public.client_configs set channel_id = ${phoneNumberId} where id = ${shop.configId}`;
  await dueNow();
  assert.equal((await webhook.replay()).replayed, 1);
  assert.equal(await webhook.count(shop, "messages"), 1);
});

Deno.test("handle() stores for the new owner of a number at once, though it remembers the old one", async () => {
  const [old, next] = [await webhook.makeShop(), await webhook.makeShop()];
  await webhook.receive(hello(old));
  await sql`update public.client_configs set channel_id = channel_id || '0' where id = ${old.configId}`;
  await sql`update public.client_configs set channel_id = ${old.phoneNumberId} where id = ${next.configId}`;
  const moved = await webhook.makeShop();
  await webhook.receive(hello(moved));
  await sql`update public.client_configs set client_id = ${next.id}, schema_name = ${next.schemaName} where id = ${moved.configId}`;
  assert.equal((await webhook.receive(hello(moved))).stored, 1);
  assert.equal(await webhook.count(next, "messages"), 1);
  assert.equal(await webhook.count(moved, "messages"), 1);
});

Deno.test("handle() keeps what comes for a tenant that was dropped meanwhile", async () => {
  const shop = await webhook.makeShop();
  await webhook.receive(hello(shop));
  await sql`select private.suspend_tenant(${shop.id})`;
  await sql`select private.drop_tenant(${shop.id})`;
  assert.equal((await webhook.receive(hello(shop))).kept, 1);
  const [row] = await failed(shop.phoneNumberId);
  assert.equal(row?.reason, "unknown_number");
});

Deno.test("handle() stores a message that the database refuses as unsupported, with its body, and the rest as they are", async () => {
  const shop = await webhook.makeShop();
  await sql`alter table ${
    sql(shop.schemaName)
  }.messages add constraint no_curses check (content <> 'maldición')`;
  const ana = newCustomer();
  const messages = ["uno", "maldición", "tres"].map((text) => textMessage({ from: ana }, text));
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [ana],
    messages,
  });
  assert.deepEqual(await webhook.receive(body), {
    stored: 3,
    duplicates: 0,
    kept: 0,
    forged: 0,
  });
  const rows = await webhook.rows(shop, "messages");
  assert.deepEqual(rows.map((row) => row.type).sort(), [
    "text",
    "text",
    "unsupported",
  ]);
  const refused = rows.find((row) => row.type === "unsupported");
  assert.match(JSON.stringify(refused?.payload), /maldición/);
  assert.equal((await webhook.receive(body)).duplicates, 3);
});

Deno.test("handle() keeps what names nobody for people to see, once", async () => {
  const shop = await webhook.makeShop();
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    messages: [{
      id: newMessageId(),
      type: "text",
      timestamp: "1",
      text: { body: "¿quién?" },
    }],
  });
  assert.equal((await webhook.receive(body)).kept, 1);
  assert.equal((await webhook.receive(body)).kept, 1);
  const rows = await failed(shop.phoneNumberId);
  assert.deepEqual(rows.map((row) => [row.reason, row.status]), [[
    "rejected: no_sender",
    "dead",
  ]]);
});

Deno.test("handle() answers 503 while the database is down, and stores what is sent again", async () => {
  const shop = await webhook.makeShop();
  await webhook.receive(hello(shop));
  const body = hello(shop);
  await webhook.database.crash();
  try {
    const response = await webhook.post(body);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "5");
    assert.doesNotMatch(await response.text(), /select|engine\.|private\./);
  } finally {
    await webhook.database.startAgain();
  }
  assert.equal((await webhook.receive(body)).stored, 1);
  assert.equal(await webhook.count(shop, "messages"), 2);
});
