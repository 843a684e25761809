import assert from "node:assert/strict";
import { deliveryBody, encodeBody, signBody, textMessage } from "@app/channels/testing.ts";
import { app, newCustomer, otherApp, type Shop, startWebhook, url } from "./testing.ts";

const webhook = await startWebhook();
Deno.test.afterAll(() => webhook.stop());

function hello(...shops: Shop[]) {
  const ana = newCustomer();
  return deliveryBody(...shops.map(({ phoneNumberId }) => ({
    phoneNumberId,
    customers: [ana],
    messages: [textMessage({ from: ana }, "hola")],
  })));
}

async function failedWebhooks() {
  const [row] = await webhook.database.sql<
    { count: number }[]
  >`select count(*)::int from private.failed_webhooks`;
  return row?.count ?? 0;
}

Deno.test("handle() answers Meta's challenge for a known verify token, and 403 for any other", async () => {
  const ask = (token: string) =>
    webhook.fetch(
      new Request(
        `${url}?hub.mode=subscribe&hub.challenge=12345&hub.verify_token=${token}`,
      ),
    );
  const welcome = await ask(otherApp.verifyToken);
  assert.equal(welcome.status, 200);
  assert.equal(await welcome.text(), "12345");
  assert.equal((await ask("wrong")).status, 403);
  assert.equal((await ask("")).status, 403);
  assert.equal((await webhook.fetch(new Request(url))).status, 403);
});

Deno.test("handle() refuses a forged, missing, malformed or stale signature, and stores nothing", async () => {
  const shop = await webhook.makeShop();
  const bytes = encodeBody(hello(shop));
  const good = await signBody(app.secret, bytes);
  const changed = encodeBody(hello(shop));
  const attempts: [BodyInit, string | null][] = [
    [bytes, null],
    [bytes, ""],
    [bytes, "sha256="],
    [bytes, good.replace("sha256=", "sha1=")],
    [bytes, good.slice(0, -1)],
    [bytes, await signBody("guess", bytes)],
    [changed, good],
    [`${new TextDecoder().decode(bytes)} `, good],
  ];
  const kept = await failedWebhooks();
  for (const [body, signature] of attempts) {
    const headers = signature === null ? undefined : { "x-hub-signature-256": signature };
    const response = await webhook.fetch(
      new Request(url, { method: "POST", headers, body }),
    );
    assert.equal(response.status, 401, String(signature));
  }
  assert.equal(await webhook.count(shop, "messages"), 0);
  assert.equal(await webhook.count(shop, "contacts"), 0);
  assert.equal(await failedWebhooks(), kept);
});

Deno.test("handle() refuses what another app signed for a number that is not its own", async () => {
  const shop = await webhook.makeShop();
  const foreign = await webhook.post(hello(shop), otherApp.secret);
  assert.equal(foreign.status, 401);
  assert.deepEqual(Object.keys((await foreign.json()).error).sort(), [
    "code",
    "message",
    "request_id",
  ]);
  assert.equal(await webhook.count(shop, "messages"), 0);
});

Deno.test("handle() stores nothing of a part whose number belongs to another app, and keeps the others", async () => {
  const mine = await webhook.makeShop();
  const theirs = await webhook.makeShop({ appId: otherApp.id });
  const kept = await failedWebhooks();
  const response = await webhook.post(hello(mine, theirs));
  assert.equal(response.status, 200);
  assert.deepEqual((await response.json()).received, {
    stored: 1,
    duplicates: 0,
    kept: 0,
    forged: 1,
  });
  assert.equal(await webhook.count(theirs, "messages"), 0);
  assert.equal(await failedWebhooks(), kept);
});

Deno.test("handle() answers 400 to a signed body that is no delivery, 413 to one that is too large", async () => {
  for (
    const body of [
      "",
      "{",
      "[]",
      "null",
      '{"object":"page"}',
      '"\\u0000"',
      "\u0000",
    ]
  ) {
    assert.equal((await webhook.post(body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await webhook.post(`"${"x".repeat(3_600_000)}"`)).status, 413);
  assert.equal((await webhook.post(`"${"x".repeat(3_000_000)}"`)).status, 400);
  assert.equal(
    (await webhook.fetch(new Request(url, { method: "PUT" }))).status,
    405,
  );
});

Deno.test("handle() stores NUL and lone surrogates as U+FFFD, beside the good messages of the POST", async () => {
  const shop = await webhook.makeShop();
  const ana = newCustomer();
  const texts = ["a\u0000b", "c\ud800d", "bien"];
  const messages = texts.map((text) => textMessage({ from: ana }, text));
  const body = deliveryBody({
    phoneNumberId: shop.phoneNumberId,
    customers: [{ ...ana, name: "\u0000Ana\udfff" }],
    messages,
  });
  assert.equal((await webhook.receive(body)).stored, 3);
  const contents = (await webhook.rows(shop, "messages")).map((row) => row.content);
  assert.deepEqual(contents.toSorted(), ["a\ufffdb", "bien", "c\ufffdd"]);
});
