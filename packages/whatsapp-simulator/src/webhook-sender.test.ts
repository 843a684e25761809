import assert from "node:assert/strict";
import {
  eventually,
  registrationOf,
  sendAsBusiness,
  TestProduct,
  textOf,
  withProduct,
} from "./test-product.ts";
import { startSimulator } from "../testing.ts";
import { signatureOf } from "./webhook-sender.ts";

const CUSTOMER = "5215512345678";

Deno.test("signatureOf() signs the bytes as they are", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  assert.equal(
    signatureOf(bytes('{"object":"whatsapp_business_account","entry":[]}'), "test_app_secret"),
    "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
  );
  assert.equal(
    signatureOf(bytes('{"object": "whatsapp_business_account", "entry": []}'), "test_app_secret"),
    "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
  );
});

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

Deno.test("StatusSchedule tells sent, delivered and, once the phone shows it, read", async () => {
  await withProduct(async (simulator, product) => {
    const customer = simulator.customer(CUSTOMER);
    await customer.say("hola");
    await sendAsBusiness(simulator, textOf("¿Qué tal?", { biz_opaque_callback_data: "our-id" }));
    await eventually("delivered", () => product.statuses.length === 2);
    await customer.read();
    await eventually("read", () => product.statuses.length === 3);
    assert.deepEqual(product.statuses.map((status) => status.status), ["sent", "delivered", "read"]);
    assert.ok(product.statuses.every((status) => status.biz_opaque_callback_data === "our-id"));
    assert.ok(product.statuses.every((status) => status.recipient_id === CUSTOMER));
    assert.deepEqual(product.statuses.map((status) => "pricing" in status), [true, false, false]);
    await customer.read();
    assert.equal(product.statuses.length, 3);
  });
});

Deno.test("StatusSchedule drops statuses and fails messages when told to", async () => {
  await withProduct(async (simulator, product) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.faults({ drop_statuses: ["delivered"] });
    await sendAsBusiness(simulator, textOf("a"));
    await eventually("read", () => product.statuses.length === 2);
    assert.deepEqual(product.statuses.map((status) => status.status), ["sent", "read"]);
    const dropped = (await simulator.ledger()).find((event) => event.kind === "status" && event.dropped);
    assert.equal(dropped?.kind === "status" && dropped.status, "delivered");

    await simulator.faults({ fail_later: { next: 1 } });
    await sendAsBusiness(simulator, textOf("b"));
    await eventually("failed", () => product.statuses.length === 3);
    assert.equal(product.statuses[2]?.status, "failed");
  }, { read_after_ms: 200 });
});

Deno.test("startSimulator() goes on after SIGKILL: nothing acknowledged is forgotten, the rest is sent", async () => {
  const product = new TestProduct();
  const options = { ...registrationOf(product), folder: await Deno.makeTempDir() };
  const first = await startSimulator(options);
  await first.customer(CUSTOMER).say("antes");
  await eventually("the first message", () => product.messages.length === 1);
  await sendAsBusiness(first, textOf("respuesta"));
  await eventually("delivered", () => product.statuses.length === 2);
  product.answers.push(...Array.from({ length: 100 }, () => 503));
  const unheard = await first.customer(CUSTOMER).say("durante");
  await eventually("a refused try", () => product.messages.length >= 2);
  await first.stop("SIGKILL");
  product.answers.length = 0;
  const before = product.messages.length;

  const second = await startSimulator(options);
  await eventually("the message once more", () => product.messages.length > before);
  assert.equal(product.messages.at(-1)?.id, unheard);
  const messages = await second.customer(CUSTOMER).messages();
  assert.deepEqual(messages.map((message) => message.direction), ["inbound", "outbound", "inbound"]);
  assert.deepEqual(messages[1]?.statuses, ["sent", "delivered"]);
  const seqs = (await second.ledger()).map((event) => event.seq);
  assert.deepEqual(seqs, seqs.map((_, index) => index + 1));
  await second.stop();
  await product.stop();
  await Deno.remove(options.folder, { recursive: true });
});
