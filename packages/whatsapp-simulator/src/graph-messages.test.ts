import assert from "node:assert/strict";
import type { JsonObject } from "./ledger-event.ts";
import { eventually, sendAsBusiness, textOf, withProduct } from "./test-product.ts";

const CUSTOMER = "5215512345678";

function buttons(titles: string[], text = "¿Cuál?"): JsonObject {
  return textOf("", {
    type: "interactive",
    interactive: {
      type: "button",
      body: { text },
      action: {
        buttons: titles.map((title, index) => ({ type: "reply", reply: { id: `b${index}`, title } })),
      },
    },
  });
}

Deno.test("postMessage() answers and records as the platform does", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");

    const sent = await sendAsBusiness(simulator, textOf("¿Qué tal?", { biz_opaque_callback_data: "our-id" }));

    assert.equal(sent.http, 200);
    const wamid = String(Object(sent.body).messages[0].id);
    assert.match(wamid, /^wamid\./);
    assert.deepEqual(sent.body, {
      messaging_product: "whatsapp",
      contacts: [{ input: "+5215512345678", wa_id: CUSTOMER }],
      messages: [{ id: wamid }],
    });
    const recorded = (await simulator.ledger()).find((event) => event.kind === "outbound");
    assert.equal(recorded?.wamid, wamid);
    assert.equal(recorded?.callback_data, "our-id");
  });
});

Deno.test("postMessage() turns down what the platform turns down", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");
    const cases: [name: string, body: JsonObject, code: number][] = [
      ["no messaging_product", { ...textOf("x"), messaging_product: undefined }, 100],
      ["no recipient", { ...textOf("x"), to: undefined }, 100],
      ["empty recipient", textOf("x", { to: "" }), 100],
      ["recipient is no phone", textOf("x", { to: "maria" }), 131009],
      ["recipient is the sender", textOf("x", { to: "+525500000100" }), 131021],
      ["unknown type", textOf("x", { type: "poll" }), 100],
      ["type without its object", textOf("x", { type: "image" }), 100],
      ["text without body", textOf("x", { text: {} }), 131008],
      ["empty text", textOf(""), 100],
      ["text of 4,097", textOf("x".repeat(4_097)), 100],
      ["4 buttons", buttons(["a", "b", "c", "d"]), 131009],
      ["no button", buttons([]), 131009],
      ["title of 21", buttons(["x".repeat(21)]), 100],
      ["two equal titles", buttons(["Sí", "Sí"]), 131009],
      ["button text of 1,025", buttons(["a"], "x".repeat(1_025)), 100],
      ["media id that is not there", textOf("", { type: "image", image: { id: "123" } }), 131009],
      [
        "image with id and link",
        textOf("", { type: "image", image: { id: "1", link: "https://a.b" } }),
        131009,
      ],
      ["caption on audio", textOf("", { type: "audio", audio: { id: "1", caption: "x" } }), 131009],
      ["latitude of 91", textOf("", { type: "location", location: { latitude: 91, longitude: 0 } }), 131009],
      [
        "unknown template",
        textOf("", { type: "template", template: { name: "x", language: { code: "es" } } }),
        132001,
      ],
      ["callback data of 513", textOf("x", { biz_opaque_callback_data: "x".repeat(513) }), 100],
    ];
    for (const [name, body, code] of cases) {
      const answer = await sendAsBusiness(simulator, body);
      const error = Object(answer.body.error);
      assert.ok(answer.http >= 400 && answer.http < 500, `${name}: HTTP ${answer.http}`);
      assert.equal(error.code, code, `${name}: ${JSON.stringify(error)}`);
      assert.equal(error.type, "OAuthException", name);
      assert.equal(typeof error.fbtrace_id, "string", name);
    }
    const ledger = await simulator.ledger();
    assert.equal(ledger.filter((event) => event.kind === "outbound").length, 0);
    assert.equal(ledger.filter((event) => event.kind === "rejected").length, cases.length);
  });
});

Deno.test("postMessage() takes what is at the limits", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");
    const bodies = [
      textOf("x".repeat(4_096)),
      buttons(["x".repeat(20), "Sí", "No"], "x".repeat(1_024)),
      textOf("", { type: "template", template: { name: "pedido_listo", language: { code: "es" } } }),
      textOf("", { type: "location", location: { latitude: "19.43", longitude: -99.13 } }),
      textOf("", { type: "reaction", reaction: { message_id: "wamid.x", emoji: "" } }),
    ];
    for (const body of bodies) {
      assert.equal((await sendAsBusiness(simulator, body)).http, 200, JSON.stringify(body));
    }
  });
});

Deno.test("postMessage() checks the token before anything else", async () => {
  await withProduct(async (simulator) => {
    const missing = await sendAsBusiness(simulator, {}, { token: "" });
    const wrong = await sendAsBusiness(simulator, {}, { token: "stolen" });
    const foreign = await sendAsBusiness(simulator, textOf("x"), { token: "other" });
    const unknown = await sendAsBusiness(simulator, textOf("x"), { path: "/v26.0/999/messages" });

    assert.deepEqual([missing.http, Object(missing.body.error).code], [401, 190]);
    assert.deepEqual([wrong.http, Object(wrong.body.error).code], [401, 190]);
    for (const answer of [foreign, unknown]) {
      assert.deepEqual([answer.http, Object(answer.body.error).code], [400, 100]);
      assert.equal(Object(answer.body.error).error_subcode, 33);
    }
  });
});

Deno.test("postMessage() keeps free text inside 24 hours of the customer's own time", async () => {
  await withProduct(async (simulator, product) => {
    const never = await sendAsBusiness(simulator, textOf("x"));
    const day = 24 * 60 * 60;
    const now = Math.floor(Date.now() / 1000);
    await simulator.customer(CUSTOMER).say("ayer", { timestamp: now - day - 5 });
    const closed = await sendAsBusiness(simulator, textOf("x"));
    const template = await sendAsBusiness(
      simulator,
      textOf("", { type: "template", template: { name: "pedido_listo", language: { code: "es" } } }),
    );
    await simulator.customer(CUSTOMER).say("hoy", { timestamp: now - day + 60 });
    const open = await sendAsBusiness(simulator, textOf("x"));
    const otherNumber = await sendAsBusiness(simulator, textOf("x"), {
      token: "other",
      path: "/v26.0/200/messages",
    });

    assert.equal(Object(never.body.error).code, 131047);
    assert.equal(Object(closed.body.error).code, 131047);
    assert.equal(template.http, 200);
    assert.equal(open.http, 200);
    assert.equal(Object(otherNumber.body.error).code, 131047);

    await simulator.faults({ window_error: "later" });
    const later = await sendAsBusiness(simulator, textOf("x", { to: "+5215599999999" }));
    assert.equal(later.http, 200);
    await eventually(
      "the failed status",
      () => product.statuses.some((status) => status.status === "failed"),
    );
    const failed = product.received.find((webhook) => webhook.statuses[0]?.status === "failed");
    assert.equal(failed?.value.contacts, undefined);
    assert.equal(failed?.statuses[0]?.recipient_user_id, undefined);
    assert.equal(Object(failed?.statuses[0]?.errors)[0].code, 131047);
  });
});

Deno.test("postMessage() reaches people who have a BSUID only", async () => {
  await withProduct(async (simulator, product) => {
    const bsuid = "MX.13491208655302741918";
    await simulator.customer(bsuid).say("hola");
    await eventually("the message", () => product.messages.length === 1);
    assert.equal("from" in (product.messages[0] ?? {}), false);
    assert.equal(product.messages[0]?.from_user_id, bsuid);
    assert.equal("wa_id" in Object(product.received[0]?.value.contacts)[0], false);

    const sent = await sendAsBusiness(simulator, { ...textOf("hola"), to: undefined, recipient: bsuid });
    assert.deepEqual(sent.body.contacts, [{ input: bsuid, user_id: bsuid }]);
    await eventually("delivered", () => product.statuses.some((status) => status.status === "delivered"));
    assert.ok(
      product.statuses.every((status) => status.recipient_user_id === bsuid && !("recipient_id" in status)),
    );
  });
});

Deno.test("postMessage() marks as read and shows typing, for messages of this number only", async () => {
  await withProduct(async (simulator) => {
    const customer = simulator.customer(CUSTOMER);
    const first = await customer.say("uno");
    const second = await customer.say("dos");
    const body = { messaging_product: "whatsapp", status: "read", message_id: second };

    const read = await sendAsBusiness(simulator, { ...body, typing_indicator: { type: "text" } });
    const bad = await sendAsBusiness(simulator, { ...body, message_id: "wamid.nope" });
    const foreign = await sendAsBusiness(simulator, body, { token: "other", path: "/v26.0/200/messages" });

    assert.deepEqual(read, { http: 200, body: { success: true } });
    assert.equal(Object(bad.body.error).code, 131009);
    assert.equal(Object(foreign.body.error).code, 131009);
    const messages = await customer.messages();
    assert.deepEqual(messages.map((each) => [each.wamid, each.seen]), [[first, true], [second, true]]);
    assert.ok((await simulator.ledger()).some((event) => event.kind === "typing" && event.wamid === second));
  });
});

Deno.test("postMessage() plays 5xx, 429 and timeouts, before and after accepting", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");
    const accepted = async () =>
      (await simulator.ledger()).filter((event) => event.kind === "outbound").length;

    await simulator.faults({ status_5xx: { next: 1 }, status_429: { next: 1 } });
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 500);
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 429);
    await simulator.faults({ timeout_before_accept: { next: 1 }, timeout_ms: 50 });
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 504);
    assert.equal(await accepted(), 0);
    await simulator.faults({ timeout_after_accept: { next: 1 } });
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 504);
    assert.equal(await accepted(), 1);
    await simulator.faults({ status_5xx: { rate: 1 } });
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 500);
    await simulator.faults();
    assert.equal((await sendAsBusiness(simulator, textOf("a"))).http, 200);
  });
});

Deno.test("postMessage() limits messages per second and per pair when told to", async () => {
  await withProduct(async (simulator) => {
    await simulator.customer(CUSTOMER).say("hola");
    await simulator.settings({ pair_limit: true });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => sendAsBusiness(simulator, textOf("x"))),
    );
    const refused = answers.filter((answer) => answer.http === 429);
    assert.equal(refused.length, 5);
    assert.ok(refused.every((answer) => Object(answer.body.error).code === 131056));

    await simulator.settings({ pair_limit: false, messages_per_second: 1 });
    const burst = await Promise.all(Array.from({ length: 5 }, () => sendAsBusiness(simulator, textOf("x"))));
    assert.ok(burst.some((answer) => Object(answer.body.error).code === 130429));
  });
});
