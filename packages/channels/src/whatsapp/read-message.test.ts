import assert from "node:assert/strict";
import {
  ana,
  bruno,
  buttonTap,
  carla,
  contactBlock,
  contactMessage,
  type Customer,
  flowReply,
  listChoice,
  locationMessage,
  mediaMessage,
  orderMessage,
  rawMessage,
  reactionMessage,
  templateButtonTap,
  textMessage,
  unsupportedMessage,
  voiceMessage,
} from "@app/channels/testing.ts";
import { type InboundMessage, inboundMessage } from "@app/contracts/mod.ts";
import { cleanJson } from "./clean-json.ts";
import { readContactCards } from "./contact-cards.ts";
import { readMessage } from "./read-message.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const head = { from: ana, id: "wamid.a", at: new Date("2026-11-21T11:59:30.000Z") };

Deno.test("readMessage() reads a text with everything that is known of its sender", () => {
  assert.deepEqual(read(textMessage({ ...head, replyTo: "wamid.before" }, "hola\n¿hay cajas?")), {
    kind: "message",
    externalId: "wamid.a",
    timestamp: "2026-11-21T11:59:30.000Z",
    identities: [
      { kind: "bsuid", externalId: "MX.13491208655302741918" },
      { kind: "phone", externalId: "5215512345678" },
    ],
    profile: { name: "Ana García" },
    type: "text",
    content: "hola\n¿hay cajas?",
    payload: { body: "hola\n¿hay cajas?" },
    replyTo: "wamid.before",
    isTap: false,
    needsAnswer: true,
  });
});

Deno.test("readMessage() waits for no turn when a text is blank", () => {
  const message = read(textMessage(head, " \n "));
  assert.deepEqual([message.type, message.needsAnswer], ["text", false]);
});

Deno.test("readMessage() reads each kind of file as a file that is still with Meta", () => {
  for (const type of ["image", "video", "document", "sticker"] as const) {
    const message = read(
      mediaMessage(head, type, { id: "19086", caption: "mira", filename: "a/../b\n.pdf" }),
    );
    assert.deepEqual([message.type, message.content, message.needsAnswer], [type, "mira", true]);
    assert.deepEqual([message.media?.externalId, message.media?.fileName], ["19086", "a/../b .pdf"]);
  }
});

Deno.test("readMessage() tells a voice note from a song, in the new form and the old", () => {
  const voice = read(voiceMessage(head, { id: "1" }));
  const song = read(voiceMessage(head, { id: "1", voice: false, mime_type: "audio/mpeg" }));
  const oldForm = read(rawMessage(head, "voice", { voice: { id: "1", mime_type: "audio/ogg" } }));
  assert.deepEqual([voice, song, oldForm].map(({ type, media }) => [type, media?.isVoice]), [
    ["audio", true],
    ["audio", false],
    ["audio", true],
  ]);
  assert.equal(voice.media?.mimeType, "audio/ogg; codecs=opus");
});

Deno.test("readMessage() does without what a file need not have", () => {
  const message = read(
    rawMessage(head, "image", { image: { id: "1", sha256: "x".repeat(900), caption: 5 } }),
  );
  assert.deepEqual(message.media, { externalId: "1", mimeType: "application/octet-stream" });
  assert.equal(message.content, "");
});

Deno.test("readMessage() reads taps on buttons, list rows and template buttons as taps", () => {
  const taps = [
    read(buttonTap(head, "yes", "Sí, quiero")),
    read(listChoice(head, "size_10", "10 pulgadas", "Caja de 25 cm")),
    read(templateButtonTap(head, "reorder", "Volver a pedir")),
  ];
  assert.deepEqual(taps.map(({ type, isTap, needsAnswer }) => [type, isTap, needsAnswer]), [
    ["interactive", true, true],
    ["interactive", true, true],
    ["interactive", true, true],
  ]);
  assert.deepEqual(taps.map(({ content, payload }) => [content, payload.id]), [
    ["Sí, quiero", "yes"],
    ["10 pulgadas", "size_10"],
    ["Volver a pedir", "reorder"],
  ]);
});

Deno.test("readMessage() lists the answers of a form", () => {
  const message = read(
    flowReply(head, '{"company":"Pizzas Ana","quantity":400,"flow_token":"t","sizes":[10,12]}'),
  );
  assert.equal(message.content, "company: Pizzas Ana\nquantity: 400\nsizes: [10,12]");
  assert.deepEqual(message.payload.response, {
    company: "Pizzas Ana",
    quantity: 400,
    flow_token: "t",
    sizes: [10, 12],
  });
});

Deno.test("readMessage() cleans what hides in the string of a form", () => {
  const message = read(flowReply(head, '{"name":"A\\u0000\\ud800","__proto__":{"polluted":1}}'));
  assert.deepEqual(message.payload.response, { name: "A\u{FFFD}\u{FFFD}" });
});

Deno.test("readMessage() takes a form without readable answers for sent", () => {
  const whole = { type: "nfm_reply", nfm_reply: { body: "Sent", response_json: { quantity: 400 } } };
  assert.equal(read(rawMessage(head, "interactive", { interactive: whole })).content, "quantity: 400");
  for (const responseJson of ["", "null", "[1]", "not json", "[".repeat(100_000)]) {
    const message = read(flowReply(head, responseJson));
    assert.deepEqual([message.type, message.content], ["interactive", "Sent"]);
  }
});

Deno.test("readMessage() reads a place by its name, or its coordinates", () => {
  const named = read(locationMessage(head, 19.4326, -99.1332, { name: "Zócalo", address: "Centro, CDMX" }));
  const bare = read(locationMessage(head, 19.4326, -99.1332));
  assert.deepEqual([named.content, bare.content], ["Zócalo, Centro, CDMX", "19.4326, -99.1332"]);
  assert.deepEqual(bare.payload, { latitude: 19.4326, longitude: -99.1332 });
});

Deno.test("readMessage() reads shared address cards", () => {
  const message = read(contactMessage(head, "Compras\nPizzas Ana", "+52 55 1234 5678"));
  assert.deepEqual([message.type, message.content], ["contact", "Compras Pizzas Ana +52 55 1234 5678"]);
});

Deno.test("readMessage() reads a cart with its note", () => {
  const items = [{ product: "BOX-10", quantity: 400, price: 4.5, currency: "MXN" }];
  const message = read(orderMessage(head, items, "para el lunes"));
  assert.deepEqual([message.type, message.content, message.needsAnswer], [
    "order",
    "para el lunes\n400 × BOX-10",
    true,
  ]);
});

Deno.test("readMessage() stores a reaction, and its taking back, without a turn", () => {
  const given = read(reactionMessage(head, "wamid.ours", "👍"));
  const taken = read(reactionMessage(head, "wamid.ours"));
  assert.deepEqual(
    [given, taken].map(({ type, content, replyTo, needsAnswer }) => [type, content, replyTo, needsAnswer]),
    [
      ["reaction", "👍", "wamid.ours", false],
      ["reaction", "", "wamid.ours", false],
    ],
  );
});

Deno.test("readMessage() stores edits and withdrawals as notes on the message that they change", () => {
  const edit = { original_message_id: "wamid.old", message: { type: "text", text: { body: "500 cajas" } } };
  const edited = read(rawMessage(head, "edit", { edit }));
  const revoked = read(rawMessage(head, "revoke", { revoke: { original_message_id: "wamid.old" } }));
  assert.deepEqual(
    [edited, revoked].map(({ type, content, replyTo, needsAnswer }) => [type, content, replyTo, needsAnswer]),
    [["system", "500 cajas", "wamid.old", false], ["system", "", "wamid.old", false]],
  );
});

Deno.test("readMessage() reads the edit of a caption as what the file is now", () => {
  const image = { id: "19086", mime_type: "image/jpeg", caption: "la buena" };
  const edit = { original_message_id: "wamid.old", message: { type: "image", image } };
  const { change } = read(rawMessage(head, "edit", { edit }));
  assert.deepEqual(change, {
    kind: "edited",
    originalExternalId: "wamid.old",
    type: "image",
    content: "la buena",
    payload: image,
    media: { externalId: "19086", mimeType: "image/jpeg" },
  });
});

Deno.test("readMessage() blanks no message for an edit that says nothing it can read", () => {
  const unreadable = [undefined, null, "x", {}, { type: "hologram" }, {
    type: "edit",
    edit: { original_message_id: "wamid.older", message: { type: "text", text: { body: "deep" } } },
  }];
  for (const message of unreadable) {
    const note = read(rawMessage(head, "edit", { edit: { original_message_id: "wamid.old", message } }));
    assert.deepEqual([note.type, note.change, note.replyTo], ["system", undefined, "wamid.old"]);
  }
});

Deno.test("readMessage() knows a person who set WhatsApp up anew by the same names", () => {
  const system = { type: "customer_identity_changed", body: "changed" };
  const message = read(rawMessage(head, "system", { system }));
  assert.deepEqual(message.identityChange, {
    kind: "device",
    previous: [],
    current: [
      { kind: "bsuid", externalId: "MX.13491208655302741918" },
      { kind: "phone", externalId: "5215512345678" },
    ],
  });
});

Deno.test("readMessage() reads a new number in the form of old notices, and no change to nothing", () => {
  const oldForm = { type: "customer_changed_number", new_wa_id: "5215587654321" };
  const phone = (externalId: string) => ({ kind: "phone", externalId });
  assert.deepEqual(
    read(rawMessage({ ...head, from: bruno }, "system", { system: oldForm }), [bruno]).identityChange,
    {
      kind: "number",
      previous: [phone("5511987654321")],
      current: [phone("5215587654321")],
    },
  );
  for (
    const system of [{ type: "user_changed_number" }, { type: "user_changed_user_id", user_id: 5 }, {
      type: "new",
    }]
  ) {
    assert.equal(read(rawMessage(head, "system", { system })).identityChange, undefined);
  }
});

Deno.test("readMessage() tells once forwarded from often, and the product of a catalogue", () => {
  const contexts = [
    [{ forwarded: true }, { forwarded: "once" }],
    [{ frequently_forwarded: true }, { forwarded: "often" }],
    [{ referred_product: { catalog_id: "7", product_retailer_id: "BOX-10" } }, {
      product: { catalogId: "7", productId: "BOX-10" },
    }],
    [{ from: "1", id: "wamid.b" }, undefined],
    [{ forwarded: "yes", referred_product: {} }, undefined],
  ];
  for (const [context, typed] of contexts) {
    assert.deepEqual(read({ ...textMessage(head, "hola"), context }).context, typed);
  }
});

Deno.test("readMessage() reads a refused wish to call, and no wish that was not answered", () => {
  const reply = (answer: unknown) =>
    read(rawMessage(head, "interactive", {
      interactive: { type: "call_permission_reply", call_permission_reply: answer },
    }));
  assert.deepEqual(reply({ response: "reject" }).callPermission, { isGranted: false });
  assert.deepEqual(reply({ response: "accept", expiration_timestamp: 9e15 }).callPermission, {
    isGranted: true,
  });
  for (const answer of [undefined, {}, { response: "maybe" }]) {
    assert.equal(reply(answer).type, "unsupported");
  }
});

Deno.test("readMessage() takes no phone of somebody else for the writer's own", () => {
  assert.equal(read(contactMessage(head, "Compras", "+52 55 1234 5678")).sharedIdentities, undefined);
});

Deno.test("readMessage() stores a changed user id for both ids, though the notice has no sender", () => {
  const system = { type: "user_changed_user_id", body: "changed", user_id: "MX.2", previous_user_id: "MX.1" };
  const message = read({ id: "wamid.a", timestamp: "1795257600", type: "system", system }, []);
  assert.deepEqual([message.type, message.needsAnswer], ["system", false]);
  assert.deepEqual(message.identities.map(({ externalId }) => externalId), ["MX.2", "MX.1"]);
});

Deno.test("readMessage() follows no changed phone, which another person may get", () => {
  const system = { type: "user_changed_number", body: "changed", wa_id: "5215500000000" };
  const message = read({ id: "wamid.a", from: "5215512345678", type: "system", system }, []);
  assert.deepEqual(message.identities, [{ kind: "phone", externalId: "5215512345678" }]);
});

Deno.test("readMessage() stores what it does not know as unsupported, with its raw body", () => {
  const strangers = [
    unsupportedMessage(head),
    rawMessage(head, "hologram", { hologram: { depth: 3 } }),
    rawMessage(head, "constructor"),
    rawMessage(head, "__proto__"),
    rawMessage(head, "text"),
    rawMessage(head, "text", { text: { body: 7 } }),
    rawMessage(head, "image", { image: { mime_type: "image/png" } }),
    rawMessage(head, "image", { image: { id: "9".repeat(600) } }),
    rawMessage(head, "interactive", { interactive: { type: "button_reply" } }),
    rawMessage(head, "location", { location: { latitude: 91, longitude: 0 } }),
    rawMessage(head, "location", { location: { latitude: 1e300, longitude: 0 } }),
    rawMessage(head, "contacts", { contacts: [] }),
    rawMessage(head, "order", { order: { product_items: "none" } }),
    rawMessage(head, "edit", { edit: {} }),
    { ...textMessage(head, "in a group"), group_id: "Y2FwaV9ncm91cA" },
    { ...textMessage(head, "no type"), type: 5 },
  ];
  for (const raw of strangers) {
    const message = read(raw);
    assert.deepEqual(
      [message.type, message.isTap, message.needsAnswer],
      ["unsupported", false, false],
      raw.id,
    );
    assert.deepEqual(message.payload, cleanJson(raw));
  }
});

Deno.test("readMessage() keeps the ad that was tapped and the product that was asked about", () => {
  const context = {
    from: "1",
    id: "wamid.b",
    referred_product: { catalog_id: "1", product_retailer_id: "BOX-10" },
  };
  const referral = { source_type: "ad", ctwa_clid: "Aff-n8" };
  const message = read({ ...textMessage(head, "¿precio?"), context, referral });
  assert.deepEqual(message.payload, {
    body: "¿precio?",
    context: { referred_product: context.referred_product },
    referral,
  });
  assert.equal(message.replyTo, "wamid.b");
});

Deno.test("readMessage() knows a person by user id alone", () => {
  const message = read(textMessage({ ...head, from: carla }, "hi"), [carla]);
  assert.deepEqual(message.identities, [{ kind: "bsuid", externalId: "US.ENT.506847293015824" }]);
  assert.deepEqual(message.profile, { name: "Carla", username: "carla.sells" });
});

Deno.test("readMessage() adds the phone of the card that shares the user id, and of no other card", () => {
  const { phone: _phone, ...hidden } = ana;
  const others = [carla, { phone: "5500000000", userId: "BR.9", name: "Somebody" }];
  const message = read(textMessage({ ...head, from: hidden }, "hola"), [...others, ana]);
  assert.deepEqual(message.identities.map(({ externalId }) => externalId), [ana.userId, ana.phone]);
  assert.deepEqual(read(textMessage({ ...head, from: ana }, "hola"), others).profile, {});
});

Deno.test("readMessage() believes no card of the same phone and another user id", () => {
  const message = read(textMessage(head, "hola"), [{
    ...ana,
    userId: "MX.2",
    name: "Who had the phone before",
  }]);
  assert.deepEqual(message.identities.map(({ externalId }) => externalId), [ana.userId, ana.phone]);
  assert.deepEqual(message.profile, {});
});

Deno.test("readMessage() takes the only card for a message that names nobody", () => {
  const nameless = { id: "wamid.a", type: "text", text: { body: "hola" } };
  assert.equal(read(nameless, [ana]).identities.length, 2);
});

Deno.test("readMessage() rejects what has no id or no sender", () => {
  const noId = [null, 7, "text", [], {}, { id: "" }, { id: " " }, { id: 5 }, {
    id: "9".repeat(501),
    from: "5215512345678",
  }];
  for (const raw of noId) {
    assert.deepEqual(readMessage(cleanJson(raw), readContactCards([]), now), { reason: "no_id", body: raw });
  }
  const nameless = { id: "wamid.a", type: "text", text: { body: "hola" } };
  assert.deepEqual(readMessage(nameless, readContactCards([ana, carla].map(contactBlock)), now), {
    reason: "no_sender",
    body: nameless,
  });
});

function read(raw: Record<string, unknown>, customers: Customer[] = [ana]): InboundMessage {
  const message = readMessage(cleanJson(raw), readContactCards(customers.map(contactBlock)), now);
  assert.deepEqual(inboundMessage.parse(message), message);
  return inboundMessage.parse(message);
}
