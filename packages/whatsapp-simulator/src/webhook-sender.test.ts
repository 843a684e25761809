import assert from "node:assert/strict";
import { eventually, registrationOf, withProduct } from "./test-product.ts";
import { startSimulator } from "../testing.ts";

const CUSTOMER = "5215512345678";

Deno.test("WebhookSender sends signed messages in the platform's words, escaped as the platform may", async () => {
  await withProduct(async (simulator, product) => {
    const wamid = await simulator.customer(CUSTOMER).say("¿Tienen piñatas? 🎉");
    await eventually("the message", () => product.messages.length === 1);
    const [webhook] = product.received;
    assert.equal(webhook?.isGenuine, true);
    assert.match(webhook?.text ?? "", /\\u00bfTienen pi\\u00f1atas\? \\ud83c\\udf89/);
    assert.deepEqual(Object.keys(webhook?.value ?? {}), [
      "messaging_product",
      "metadata",
      "contacts",
      "messages",
    ]);
    assert.deepEqual(webhook?.value.metadata, {
      display_phone_number: "525500000100",
      phone_number_id: "100",
    });
    const { timestamp, from_user_id: bsuid, ...message } = webhook?.messages[0] ?? {};
    assert.match(String(timestamp), /^\d{10}$/);
    assert.match(String(bsuid), /^MX\.\d+$/);
    assert.deepEqual(message, {
      from: CUSTOMER,
      id: wamid,
      type: "text",
      text: { body: "¿Tienen piñatas? 🎉" },
    });
    await eventually(
      "the acknowledgement",
      async () =>
        (await simulator.ledger()).some((event) =>
          event.kind === "inbound_acknowledged" && event.wamid === wamid
        ),
    );
  });
});

Deno.test("WebhookSender tries again with the same bytes until the answer is 200", async () => {
  await withProduct(async (simulator, product) => {
    product.answers.push(503, 401, 302, 204);
    const wamid = await simulator.customer(CUSTOMER).say("hola");
    await eventually("the fifth try", () => product.received.length === 5);
    assert.equal(new Set(product.received.map((webhook) => webhook.text)).size, 1);
    await eventually("the acknowledgement", async () => {
      const events = await simulator.ledger();
      return events.some((event) =>
        event.kind === "inbound_acknowledged" && event.wamid === wamid && event.attempts === 5
      );
    });
    const refusals = (await simulator.ledger()).filter((event) => event.kind === "inbound_refused");
    assert.deepEqual(refusals.map((event) => [event.attempts, event.http, event.retry_in_ms]), [
      [1, 503, 50],
      [2, 401, 100],
      [3, 302, 200],
      [4, 204, 400],
    ]);
  });
});

Deno.test("WebhookSender never has more in flight than it may, also when it tries again", async () => {
  let inFlight = 0;
  let most = 0;
  let isDown = true;
  const heard = new Set<string>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    most = Math.max(most, ++inFlight);
    const text = await request.text();
    await new Promise((resolve) => setTimeout(resolve, 5));
    inFlight -= 1;
    if (!isDown) heard.add(text);
    return new Response(null, { status: isDown ? 503 : 200 });
  });
  const registration = registrationOf({ url: `http://127.0.0.1:${server.addr.port}/` });
  const simulator = await startSimulator({ ...registration, settings: { webhook_concurrency: 8 } });
  await Promise.all(Array.from({ length: 100 }, (_, index) => simulator.customer(CUSTOMER).say(`m${index}`)));
  await new Promise((resolve) => setTimeout(resolve, 500));
  isDown = false;
  await eventually("all are heard", () => heard.size === 100);
  assert.ok(most <= 8, `${most} at once`);
  await simulator.stop();
  await server.shutdown();
});

Deno.test("WebhookSender doubles, delays and reorders when told to, and stops when told to", async () => {
  await withProduct(async (simulator, product) => {
    const customer = simulator.customer(CUSTOMER);
    await simulator.faults({ duplicate: 2 });
    await customer.say("triple");
    await eventually("three copies", () => product.received.length === 3);
    assert.equal(new Set(product.messages.map((message) => message.id)).size, 1);

    await simulator.faults({ duplicate: 0, delay_ms: 300 });
    const startedAt = performance.now();
    await customer.say("tarde");
    await eventually("the late one", () => product.received.length === 4);
    assert.ok(performance.now() - startedAt >= 290);

    await simulator.faults({ delay_ms: 0, reorder: true });
    const wamids = [];
    for (const text of ["1", "2", "3", "4"]) wamids.push(await customer.say(text));
    await eventually("four messages", () => product.received.length === 8);
    assert.deepEqual(product.messages.slice(4).map((message) => message.id), wamids.reverse());

    await simulator.faults();
    await customer.say("normal");
    await eventually("the last one", () => product.received.length === 9);
  });
});

Deno.test("WebhookSender sends a batch of several numbers in one POST", async () => {
  await withProduct(async (simulator, product) => {
    const messages = ["100", "200", "100"].map((phoneNumberId, index) => ({
      customer: `52155000000${index}0`,
      phone_number_id: phoneNumberId,
      type: "text",
      text: `mensaje ${index}`,
    }));
    await simulator.call("POST", "/batches", { messages });
    await eventually("all messages", () => product.messages.length === 3);
    assert.equal(new Set(product.received.map((webhook) => webhook.text)).size, 1);
    assert.equal(product.received.length, 2);
    assert.equal(Object(product.received[0]?.value.contacts).length, 2);
  });
});
