import assert from "node:assert/strict";
import { jsonObject } from "./ledger-event.ts";
import { eventually, sendAsBusiness, textOf, withProduct } from "./test-product.ts";

const CUSTOMER = "5215512345678";

Deno.test("answerControl() names what is wrong with a call", async () => {
  await withProduct(async ({ url }) => {
    const post = async (path: string, body: string, type = "application/json", origin?: string) => {
      const response = await fetch(`${url}/_simulator${path}`, {
        method: "POST",
        headers: { "content-type": type, ...(origin && { origin }) },
        body,
      });
      return [response.status, Object(jsonObject.parse(await response.json()).error).message];
    };
    const path = `/customers/${CUSTOMER}/messages`;
    assert.deepEqual(await post(path, "{"), [400, "body: not valid JSON"]);
    assert.equal((await post(path, "{}", "text/plain"))[0], 415);
    assert.equal((await post(path, "{}", "application/json", "https://evil.example"))[0], 403);
    assert.match(String((await post(path, '{"type":"text"}'))[1]), /phone_number_id/);
    assert.equal((await post(path, '{"phone_number_id":"9","type":"text","text":"x"}'))[0], 404);
    assert.match(
      String((await post(path, '{"phone_number_id":"100","type":"image"}'))[1]),
      /media_id or base64/,
    );
    assert.match(
      String(
        (await post("/customers/maria/messages", '{"phone_number_id":"100","type":"text","text":"x"}'))[1],
      ),
      /"maria"/,
    );
    assert.match(String((await post("/faults", '{"explode":true}'))[1]), /explode/);
    assert.match(
      String((await post("/numbers", '{"numbers":[{"phone_number_id":"1"}]}'))[1]),
      /numbers\.0\.waba_id/,
    );
    assert.equal((await post("/nothing", "{}"))[0], 404);
    const json = '{"phone_number_id":"100","type":"text","text":"x","id":"wamid.same"}';
    assert.equal((await post(path, json))[0], 201);
    assert.deepEqual(await post(path, json), [409, 'id: "wamid.same" is taken']);
  });
});

Deno.test("verifyApp() makes the verification call", async () => {
  await withProduct(async (simulator, product) => {
    const good = jsonObject.parse(await simulator.call("POST", "/apps/app/verify"));
    assert.equal(good.is_verified, true);
    await simulator.register({
      apps: [{ app_id: "app", app_secret: "secret", verify_token: "wrong", webhook_url: product.url }],
    });
    const bad = jsonObject.parse(await simulator.call("POST", "/apps/app/verify"));
    assert.deepEqual([bad.is_verified, bad.http], [false, 403]);
  });
});

Deno.test("getNumbers() keeps secrets to itself", async () => {
  await withProduct(async ({ url }) => {
    const text = await (await fetch(`${url}/_simulator/numbers`)).text();
    assert.match(text, /Tienda 100/);
    assert.doesNotMatch(text, /secret|token/);
  });
});

Deno.test("EventStream tells of one customer's events as they happen", async () => {
  await withProduct(async (simulator) => {
    const response = await fetch(`${simulator.url}/_simulator/events?customer=${CUSTOMER}`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const reading = (async () => {
      while (!text.includes("event: outbound")) text += (await reader?.read())?.value ?? "";
    })();
    await simulator.customer("5215500000000").say("de otra persona");
    await simulator.customer(CUSTOMER).say("hola");
    await sendAsBusiness(simulator, textOf("¿Qué tal?"));
    await reading;
    assert.match(text, /event: inbound\n/);
    assert.doesNotMatch(text, /de otra persona/);
    await reader?.cancel();
  });
});

Deno.test("postMessage() tells a profile name and the name of a place apart", async () => {
  await withProduct(async (simulator, product) => {
    const place = { type: "location", latitude: 19.4, longitude: -99.1, name: "Bodega norte" };
    await simulator.customer(CUSTOMER).send({ ...place, profile_name: "María" });
    await eventually("the place", () => product.messages.length === 1);
    assert.equal(Object(product.messages[0]?.location).name, "Bodega norte");
    assert.equal(Object(product.received[0]?.value.contacts)[0].profile.name, "María");
  });
});

Deno.test("postWebhook() posts any body, with or without a good signature", async () => {
  await withProduct(async (simulator, product) => {
    const body = { object: "whatsapp_business_account", entry: [{ changes: [{ field: "x", value: {} }] }] };
    for (const signature of ["good", "wrong", "none"]) {
      const answer = jsonObject.parse(
        await simulator.call("POST", "/webhooks", { app_id: "app", body, signature }),
      );
      assert.equal(answer.http, 200);
    }
    assert.deepEqual(product.received.map((webhook) => webhook.isGenuine), [true, false, false]);
  });
});

Deno.test("redeliver() sends the same message again", async () => {
  await withProduct(async (simulator, product) => {
    const wamid = await simulator.customer(CUSTOMER).say("hola");
    await simulator.call("POST", `/messages/${encodeURIComponent(wamid)}/redeliver`, { times: 4 });
    await eventually("five in all", () => product.messages.length === 5);
    assert.equal(new Set(product.messages.map((message) => message.id)).size, 1);
  });
});

Deno.test("answerChats() counts what the customer has not read", async () => {
  await withProduct(async (simulator) => {
    const customer = simulator.customer(CUSTOMER);
    await customer.say("hola");
    await sendAsBusiness(simulator, textOf("uno"));
    await sendAsBusiness(simulator, textOf("dos"));
    const unread = async () =>
      Object(jsonObject.parse(await simulator.call("GET", "/chats")).chats)[0].unread;
    assert.equal(await unread(), 2);
    await customer.read();
    assert.equal(await unread(), 0);
  });
});

Deno.test("saveCustomer() keeps phone and BSUID of one person together", async () => {
  await withProduct(async (simulator) => {
    await simulator.call("POST", "/customers", { phone: "+52 1 55 1234 5678", name: "María" });
    await simulator.call("POST", "/customers", { phone: CUSTOMER, bsuid: "MX.77", username: "mari" });
    const { customers } = jsonObject.parse(await simulator.call("GET", "/customers"));
    assert.deepEqual(customers, [
      { id: CUSTOMER, phone: CUSTOMER, bsuid: "MX.77", name: "María", username: "mari", shares_phone: true },
    ]);
  });
});
