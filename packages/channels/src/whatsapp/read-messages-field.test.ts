import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ana, bruno, carla, deliveryBody, encodeBody, statusOf, textMessage } from "@app/channels/testing.ts";
import { type ChannelDelivery, InvalidInput } from "@app/contracts/mod.ts";
import { readWebhook } from "./read-webhook.ts";

const now = new Date("2026-11-21T12:00:00.000Z");

/** What a body says about numbers. */
function channelsOf(body: Uint8Array): ChannelDelivery[] {
  return readWebhook(body, now).channels;
}

const recorded: [fixture: string, summary: string[]][] = [
  ["text", [
    "106540352242922 text «hola, necesito 400 cajas para pizza de 10 pulgadas 🍕» Ana García bsuid phone",
  ]],
  ["text-of-hidden-phone", ["106540352242922 text «do you ship to Monterrey?» Carla bsuid"]],
  ["text-from-ad", ["106540352242922 text «Quiero información» Luis Prado bsuid phone"]],
  ["voice-note", ["106540352242922 audio «» Ana García bsuid phone"]],
  ["document", ["106540352242922 document «el logo» Bruno phone"]],
  ["list-choice", ["106540352242922 interactive «10 pulgadas» Ana García bsuid phone"]],
  ["template-button", ["106540352242922 interactive «Volver a pedir» Ana García bsuid phone"]],
  ["flow-reply", ["106540352242922 interactive «company: Pizzas Ana\nquantity: 400» Ana García bsuid phone"]],
  ["unsupported", ["106540352242922 unsupported «» Ana García bsuid phone"]],
  ["changed-user-id", ["106540352242922 system «Ana García changed their user id» ? bsuid bsuid"]],
  ["sent-status", ["106540352242922 sent 0b4f8ff1-62f5-4ea0-8b7c-3a0c0a4f8d11"]],
  ["failed-status", ["106540352242922 failed 131047"]],
  ["two-tenants", [
    "106540352242922 text «uno» Ana García bsuid phone",
    "106540352242922 text «tres» Ana García bsuid phone",
    "220981347711802 text «dois» Bruno bsuid phone",
  ]],
];

for (const [fixture, summary] of recorded) {
  Deno.test(`readWebhook() reads ${fixture}.json`, async () => {
    const file = new URL(`../../testdata/whatsapp/${fixture}.json`, import.meta.url);
    const deliveries = channelsOf(await readFile(file));
    assert.deepEqual(deliveries.flatMap(summarise), summary);
    assert.deepEqual(deliveries.flatMap(({ rejected }) => rejected ?? []), []);
  });
}

Deno.test("readWebhook() keeps order and doubles within a number", () => {
  const [first, second] = [textMessage({ from: ana }, "uno"), textMessage({ from: bruno }, "dos")];
  const body = deliveryBody(
    { phoneNumberId: "1", customers: [ana, bruno], messages: [first, second, first] },
    { phoneNumberId: "2", statuses: [statusOf({ id: "wamid.s", to: ana }, "read")] },
    { phoneNumberId: "1", customers: [carla], messages: [textMessage({ from: carla }, "tres")] },
  );
  const deliveries = channelsOf(encodeBody(body));
  assert.deepEqual(deliveries.map(({ channelId }) => channelId), ["1", "2"]);
  assert.deepEqual(deliveries[0]?.messages.map(({ content }) => content), ["uno", "dos", "uno", "tres"]);
});

Deno.test("readWebhook() reads 1,000 updates of one POST", () => {
  const messages = Array.from({ length: 1000 }, (_, index) => textMessage({ from: ana }, `message ${index}`));
  const [delivery] = channelsOf(
    encodeBody(deliveryBody({ phoneNumberId: "1", customers: [ana], messages })),
  );
  assert.equal(delivery?.messages.length, 1000);
  assert.equal(delivery?.messages[999]?.content, "message 999");
});

Deno.test("readWebhook() gives each number the part of the body that can be read again alone", () => {
  const body = deliveryBody(
    { phoneNumberId: "1", customers: [ana], messages: [textMessage({ from: ana }, "uno\0")] },
    { phoneNumberId: "2", customers: [bruno], messages: [textMessage({ from: bruno }, "dos")] },
    { phoneNumberId: "1", statuses: [statusOf({ id: "wamid.s", to: ana }, "read")] },
  );
  for (const delivery of channelsOf(encodeBody(body))) {
    assert.deepEqual(channelsOf(encodeBody(delivery.body)), [delivery]);
  }
});

Deno.test("readWebhook() keeps the good messages beside the bad, and tells of the bad", () => {
  const good = textMessage({ from: ana, id: "wamid.good" }, "hola");
  const body = deliveryBody({ phoneNumberId: "1", customers: [ana], messages: [good] });
  const mixed = JSON.parse(JSON.stringify(body));
  mixed.entry[0].changes[0].value.messages.unshift(null, { type: "text" }, [[]]);
  mixed.entry[0].changes[0].value.statuses = [{ id: "wamid.s", status: "melted" }];
  mixed.entry[0].changes[0].value.errors = [{ code: 130429 }];
  mixed.entry.unshift(null, 5, { changes: "none" }, { changes: [null, { field: "messages" }] });
  const [delivery, ...more] = channelsOf(encodeBody(mixed));
  assert.deepEqual(more, []);
  assert.deepEqual(delivery?.messages.map(({ externalId }) => externalId), ["wamid.good"]);
  assert.deepEqual(delivery?.rejected?.map(({ reason }) => reason), [
    "no_id",
    "no_id",
    "no_id",
    "unknown_status",
    "provider_error",
  ]);
});

Deno.test("readWebhook() gives messages that name no number to nobody", () => {
  const body = deliveryBody({
    phoneNumberId: "1",
    customers: [ana],
    messages: [textMessage({ from: ana }, "hola")],
  });
  const nowhere = JSON.parse(JSON.stringify(body));
  delete nowhere.entry[0].changes[0].value.metadata;
  assert.deepEqual(channelsOf(encodeBody(nowhere)).map(({ channelId }) => channelId), [""]);
});

Deno.test("readWebhook() leaves out a number of which nothing is said", () => {
  const body = deliveryBody({ phoneNumberId: "1", customers: [ana], messages: [], statuses: [] });
  assert.deepEqual(channelsOf(encodeBody(body)), []);
});

Deno.test("readWebhook() keeps 1,000 of the parts that it rejects", () => {
  const body = deliveryBody({
    phoneNumberId: "1",
    customers: [ana],
    messages: [textMessage({ from: ana }, "hola")],
  });
  const noisy = JSON.parse(JSON.stringify(body));
  noisy.entry[0].changes[0].value.messages.unshift(...Array.from({ length: 5000 }, () => 0));
  const [delivery] = channelsOf(encodeBody(noisy));
  assert.deepEqual([delivery?.messages.length, delivery?.rejected?.length], [1, 1000]);
});

Deno.test("readWebhook() reads text beyond ASCII, escaped or not", () => {
  const plain = JSON.stringify(
    deliveryBody({
      phoneNumberId: "1",
      customers: [ana],
      messages: [textMessage({ from: ana }, "¿señor? 🍕")],
    }),
  );
  const escaped = plain.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  assert.notEqual(plain, escaped);
  const [fromPlain, fromEscaped] = [plain, escaped].map((text) => channelsOf(new TextEncoder().encode(text)));
  assert.deepEqual(fromPlain, fromEscaped);
  assert.equal(fromPlain?.[0]?.messages[0]?.content, "¿señor? 🍕");
});

Deno.test("readWebhook() takes the last of doubled keys, as JSON does", () => {
  const text = '{"object":"page","object":"whatsapp_business_account","entry":[5],"entry":[]}';
  assert.deepEqual(channelsOf(new TextEncoder().encode(text)), []);
});

Deno.test("readWebhook() refuses what is no delivery of WhatsApp, without quoting it", () => {
  const strangers = [
    "",
    "hola",
    "null",
    "5",
    "[]",
    "{}",
    '{"object":"page"}',
    '{"object":["whatsapp_business_account"]}',
  ];
  for (const text of [...strangers, "[".repeat(3_000_000), '{"secret":"word'.repeat(9)]) {
    assert.throws(
      () => channelsOf(new TextEncoder().encode(text)),
      (error) => error instanceof InvalidInput && !/hola|secret|page/.test(error.message),
    );
  }
});

Deno.test("readWebhook() survives a body that is nested 1.4 million levels deep", () => {
  const deep = "[".repeat(1_400_000) + "]".repeat(1_400_000);
  const text =
    `{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"messages":[{"id":"wamid.a","from":"5215512345678","type":"text","text":${deep}}]}}]}]}`;
  const [delivery] = channelsOf(new TextEncoder().encode(text));
  assert.equal(delivery?.messages[0]?.type, "unsupported");
  assert.ok(JSON.stringify(delivery?.body).length < 1000);
});

function summarise({ channelId, messages, statuses }: ChannelDelivery): string[] {
  return [
    ...messages.map(({ type, content, profile, identities }) =>
      `${channelId} ${type} «${content}» ${profile.name ?? "?"} ${
        identities.map(({ kind }) => kind).join(" ")
      }`
    ),
    ...statuses.map(({ status, callbackData, error }) =>
      `${channelId} ${status} ${callbackData ?? error?.code}`
    ),
  ];
}
