import assert from "node:assert/strict";
import { z } from "zod";
import { jsonObject } from "./ledger-event.ts";
import {
  eventually,
  registrationOf,
  sendAsBusiness,
  TestProduct,
  textOf,
  withProduct,
} from "./test-product.ts";
import { startSimulator } from "../testing.ts";

const CUSTOMER = "5215512345678";
const DAY_MS = 24 * 60 * 60 * 1000;

Deno.test("changeCustomer() tells of a new number without contacts, and the old one leads nowhere", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await eventually("the message", () => product.messages.length === 1);
    await simulator.call("POST", `/customers/${CUSTOMER}/change`, { phone: "5215599990000" });
    await eventually("the change", () => product.messages.length === 2);
    const told = product.received.find((webhook) => webhook.messages[0]?.type === "system");
    assert.equal(told?.value.contacts, undefined);
    assert.equal(told?.messages[0]?.from, CUSTOMER);
    const system = jsonObject.parse(told?.messages[0]?.system);
    assert.deepEqual([system.type, system.wa_id], ["user_changed_number", "5215599990000"]);
    assert.notEqual(system.user_id, system.previous_user_id);

    const sent = await sendAsBusiness(simulator, textOf("sigues ahí", { to: "+5215599990000" }));
    assert.equal(sent.http, 200, "the window came along");
    const old = await sendAsBusiness(simulator, textOf("sigues ahí"));
    assert.equal(Object(old.body.error).code, 131047, "whoever has the old phone now never wrote");
  });
});

Deno.test("changeCustomer() tells of a new user id without from", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer("MX.100").say("hola");
    await simulator.call("POST", "/customers/MX.100/change", { bsuid: "MX.200" });
    await eventually("the change", () => product.messages.some((message) => message.type === "system"));
    const change = product.messages.find((message) => message.type === "system");
    assert.equal(change && "from" in change, false);
    const system = jsonObject.parse(change?.system);
    assert.deepEqual([system.type, system.previous_user_id, system.user_id], [
      "user_changed_user_id",
      "MX.100",
      "MX.200",
    ]);
  });
});

Deno.test("postEcho() shows what the owner typed on the phone, and starts no status", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.call("POST", "/numbers/100/echoes", { customer: CUSTOMER, text: "Soy la dueña" });
    await eventually("the echo", () => product.received.some((webhook) => webhook.value.message_echoes));
    const value = product.received.find((webhook) => webhook.value.message_echoes)?.value;
    const [echo] = jsonObject.array().parse(value?.message_echoes);
    assert.deepEqual([echo?.from, echo?.to, echo?.text], ["525500000100", CUSTOMER, {
      body: "Soy la dueña",
    }]);
    const last = (await simulator.customer(CUSTOMER).messages()).at(-1);
    assert.deepEqual([last?.direction, last?.is_echo, last?.statuses], ["outbound", true, []]);
  });
});

Deno.test("changePreference() and events of accounts and numbers come in the platform's envelope", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.call("POST", `/customers/${CUSTOMER}/preferences`, { value: "stop" });
    await simulator.call("POST", "/accounts/waba-100/events", {
      field: "account_update",
      value: { event: "ACCOUNT_RESTRICTION" },
    });
    await simulator.call("POST", "/numbers/100/events", {
      field: "messages",
      value: { errors: [{ code: 130429, title: "Rate limit hit" }] },
    });
    const has = (key: string) => product.received.find((webhook) => key in webhook.value);
    await eventually("all three", () => ["user_preferences", "event", "errors"].every((key) => has(key)));
    const [preference] = jsonObject.array().parse(has("user_preferences")?.value.user_preferences);
    assert.deepEqual([preference?.value, preference?.category], ["stop", "marketing_messages"]);
    const account = JSON.parse(has("event")?.text ?? "").entry[0];
    assert.deepEqual([account.id, typeof account.time, account.changes[0].field], [
      "waba-100",
      "number",
      "account_update",
    ]);
    assert.equal("metadata" in Object(has("event")?.value), false);
    assert.equal(Object(has("errors")?.value.metadata).phone_number_id, "100");
  });
});

Deno.test("customers order, answer flows, edit, delete and come from ads in the platform's words", async () => {
  await withProduct(async (simulator, product) => {
    const customer = simulator.customer(CUSTOMER);
    const item = { product_retailer_id: "caja-10", quantity: 2, item_price: 3.5, currency: "USD" };
    await customer.say("hola", { referral: { source_type: "ad", source_id: "1", ctwa_clid: "x" } });
    const first = await customer.say("tres");
    await customer.send({ type: "order", catalog_id: "c1", product_items: [item] });
    await customer.send({ type: "flow_reply", response: ["not", "an", "object"] });
    await customer.send({ type: "call_permission", response: "accept" });
    await customer.send({ type: "edit", message_id: first, text: "cuatro" });
    await customer.send({ type: "revoke", message_id: first });
    await customer.send({ type: "unsupported", subtype: "gif" });
    await customer.say("mira", { forwarded: "often", group_id: "g1" });
    await eventually("all", () => product.messages.length === 9);
    const of = (type: string) => product.messages.filter((message) => message.type === type);
    assert.equal(Object(of("text")[0]?.referral).ctwa_clid, "x");
    assert.deepEqual(of("order")[0]?.order, { catalog_id: "c1", product_items: [item] });
    assert.equal(Object(of("interactive")[0]?.interactive).nfm_reply.response_json, '["not","an","object"]');
    assert.equal(Object(of("interactive")[1]?.interactive).call_permission_reply.response, "accept");
    assert.deepEqual(of("edit")[0]?.edit, {
      original_message_id: first,
      message: { type: "text", text: { body: "cuatro" } },
    });
    assert.deepEqual(of("revoke")[0]?.revoke, { original_message_id: first });
    assert.equal(Object(of("unsupported")[0]?.errors)[0].code, 131051);
    const last = of("text").at(-1);
    assert.deepEqual([last?.context, last?.group_id], [{ frequently_forwarded: true }, "g1"]);
    const shown = (await customer.messages()).find((message) => message.wamid === first);
    assert.deepEqual([shown?.is_revoked, shown?.edited], [true, { type: "text", text: { body: "cuatro" } }]);
    // One POST at a time, so that they arrive in the order in which they were written.
  }, { webhook_concurrency: 1 });
});

Deno.test("setClock() closes the window and ends media after their days", async () => {
  await withProduct(async (simulator) => {
    const media = z.object({ media_id: z.string() }).parse(await upload(simulator.url)).media_id;
    await simulator.customer(CUSTOMER).send({ type: "image", media_id: media });
    const info = async () => {
      const response = await fetch(`${simulator.graphUrl}/v26.0/${media}`, {
        headers: { authorization: "Bearer token" },
      });
      return { http: response.status, body: jsonObject.parse(await response.json()) };
    };
    const url = String((await info()).body.url);
    const bytes = async (token: string) => {
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      await response.body?.cancel();
      return response.status;
    };
    assert.deepEqual([await bytes("token"), await bytes("stolen")], [200, 401]);
    await simulator.call("POST", "/clock", { ahead_ms: 6 * 60_000 });
    assert.deepEqual([await bytes("token"), (await info()).http], [404, 200], "five minutes later");
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 200);
    await simulator.call("POST", "/clock", { ahead_ms: DAY_MS + 60_000 });
    assert.equal(Object((await sendAsBusiness(simulator, textOf("a"))).body.error).code, 131047);
    await simulator.call("POST", "/clock", { ahead_ms: 8 * DAY_MS });
    assert.equal((await info()).http, 400, "eight days later");
    await assert.rejects(simulator.call("POST", "/clock", { ahead_ms: 0 }), /does not run back/);
  });
});

Deno.test("WebhookSender tells of a message for seven days, also over its own restart, and then never again", async () => {
  const product = new TestProduct();
  const folder = await Deno.makeTempDir();
  const start = () => startSimulator({ ...registrationOf(product), folder, settings: { retry_max_ms: 50 } });
  const down = () => product.answers.push(...Array.from({ length: 2_000 }, () => 503));
  let simulator = await start();
  try {
    down();
    await simulator.customer(CUSTOMER).say("¿hay alguien?");
    await eventually("three tries", () => product.received.length >= 3);
    await simulator.call("POST", "/clock", { ahead_ms: 6.9 * DAY_MS });
    await simulator.stop("SIGKILL");
    simulator = await start();
    const before = product.received.length;
    await eventually("tried again on the seventh day", () => product.received.length > before + 1);
    product.answers.length = 0;
    await eventually(
      "heard",
      async () => (await simulator.ledger()).some((event) => event.kind === "inbound_acknowledged"),
    );

    down();
    const lost = await simulator.customer(CUSTOMER).say("¿y ahora?");
    await simulator.call("POST", "/clock", { ahead_ms: 14 * DAY_MS });
    const givenUp = async () =>
      (await simulator.ledger()).some((event) => event.kind === "given_up" && event.wamid === lost);
    await eventually("given up", givenUp);
    await simulator.stop("SIGKILL");
    product.answers.length = 0;
    const after = product.received.length;
    simulator = await start();
    await simulator.customer(CUSTOMER).say("una más");
    await eventually("only the new one", () => product.received.length === after + 1);
    assert.equal(product.messages.at(-1)?.id === lost, false);
  } finally {
    await simulator.stop();
    await product.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("WebhookSender puts messages that wait for others into one POST when told to", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.settings({ webhook_concurrency: 1 });
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => simulator.customer(CUSTOMER).say(`m${index}`)),
    );
    await eventually("all", () => product.messages.length === 60);
    assert.ok(
      product.received.some((webhook) => webhook.messages.length > 1),
      `${product.received.length} POSTs`,
    );
  }, { messages_per_webhook: 50 });
});

async function upload(url: string): Promise<unknown> {
  const form = new FormData();
  form.set("file", new File([new Uint8Array([137, 80, 78, 71])], "foto.png", { type: "image/png" }));
  const response = await fetch(`${url}/_simulator/media`, { method: "POST", body: form });
  return await response.json();
}
