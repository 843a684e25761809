import assert from "node:assert/strict";
import fc from "fast-check";
import { type ContactIdentity, InvalidInput, type OutboundContent } from "@app/contracts/mod.ts";
import { splitIntoBubbles } from "../text/split-into-bubbles.ts";
import { toWhatsAppText } from "../text/to-whatsapp-text.ts";
import { toGraphMessage } from "./to-graph-message.ts";

const phone: ContactIdentity = { kind: "phone", externalId: "5215512345678" };
const userId: ContactIdentity = { kind: "bsuid", externalId: "MX.13491208655302741918" };
const callbackData = "0b4f8ff1-62f5-4ea0-8b7c-3a0c0a4f8d11";

Deno.test("toGraphMessage() writes a text to a phone, with the plus that Graph wants", () => {
  assert.deepEqual(toGraphMessage({ type: "text", text: "¡Hola!" }, phone, { callbackData }), {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: "+5215512345678",
    biz_opaque_callback_data: callbackData,
    type: "text",
    text: { body: "¡Hola!", preview_url: false },
  });
});

Deno.test("toGraphMessage() names a user id as recipient, never as phone", () => {
  const message = toGraphMessage({ type: "text", text: "¡Hola!" }, userId, { callbackData });
  assert.equal(message.recipient, "MX.13491208655302741918");
  assert.equal("to" in message, false);
});

Deno.test("toGraphMessage() quotes the message that it answers", () => {
  const message = toGraphMessage({ type: "text", text: "sí" }, phone, { callbackData, replyTo: "wamid.a" });
  assert.deepEqual(message.context, { message_id: "wamid.a" });
});

Deno.test("toGraphMessage() writes buttons", () => {
  const buttons = [{ id: "yes", title: "Sí" }, { id: "no", title: "No" }];
  const message = toGraphMessage({ type: "buttons", text: "¿Seguimos?", buttons }, phone, { callbackData });
  assert.equal(message.type, "interactive");
  assert.deepEqual(message.interactive, {
    type: "button",
    body: { text: "¿Seguimos?" },
    action: {
      buttons: [
        { type: "reply", reply: { id: "yes", title: "Sí" } },
        { type: "reply", reply: { id: "no", title: "No" } },
      ],
    },
  });
});

Deno.test("toGraphMessage() writes files by id, each with what its kind takes", () => {
  const file = { mediaExternalId: "19086", caption: "el logo", fileName: "logo.pdf" };
  const bodies = (["image", "video", "document"] as const).map((type) =>
    toGraphMessage({ type, ...file }, phone, { callbackData })[type]
  );
  assert.deepEqual(bodies, [
    { id: "19086", caption: "el logo" },
    { id: "19086", caption: "el logo" },
    { id: "19086", caption: "el logo", filename: "logo.pdf" },
  ]);
  const audio = toGraphMessage({ type: "audio", mediaExternalId: "19086" }, phone, { callbackData });
  assert.deepEqual([audio.type, audio.audio], ["audio", { id: "19086" }]);
});

const refused: [why: string, content: OutboundContent, says: RegExp][] = [
  ["an empty text", { type: "text", text: "" }, /text/],
  ["a blank text", { type: "text", text: " \n" }, /blank text/],
  ["a text over 4096", { type: "text", text: "a".repeat(4097) }, /text: .*4096/],
  ["buttons under a text over 1024", { ...ask("Sí"), text: "a".repeat(1025) }, /text: .*1024/],
  ["no button", ask(), /buttons/],
  ["four buttons", ask("1", "2", "3", "4"), /buttons: .*3/],
  ["a title over 20", ask("x".repeat(21)), /buttons\.0\.title: .*20/],
  ["two equal titles", ask("Sí", "Sí "), /equal titles/],
  ["a blank title", ask(" "), /blank titles/],
  ["two equal ids", {
    type: "buttons",
    text: "?",
    buttons: [{ id: "a", title: "1" }, { id: "a", title: "2" }],
  }, /equal ids/],
  [
    "a caption under audio",
    { type: "audio", mediaExternalId: "1", caption: "la la" },
    /audio with a caption/,
  ],
  [
    "a caption over 1024",
    { type: "image", mediaExternalId: "1", caption: "a".repeat(1025) },
    /caption: .*1024/,
  ],
  ["a file without an id", { type: "image", mediaExternalId: "" }, /mediaExternalId/],
];

for (const [why, content, says] of refused) {
  Deno.test(`toGraphMessage() refuses ${why}`, () => {
    assert.throws(
      () => toGraphMessage(content, phone, { callbackData }),
      (error) => error instanceof InvalidInput && says.test(error.message),
    );
  });
}

Deno.test("toGraphMessage() refuses callback data that Graph would cut, and people of other channels", () => {
  const text: OutboundContent = { type: "text", text: "hola" };
  assert.throws(() => toGraphMessage(text, phone, { callbackData: "x".repeat(513) }), InvalidInput);
  assert.throws(
    () => toGraphMessage(text, { kind: "psid", externalId: "1" }, { callbackData }),
    InvalidInput,
  );
});

const texts: [kind: string, content: OutboundContent, body: Record<string, unknown>][] = [
  ["a text with a preview", { type: "text", text: "https://a.mx", previewUrl: true }, {
    type: "text",
    text: { body: "https://a.mx", preview_url: true },
  }],
  ["a picture by address", { type: "image", link: "https://a.mx/caja.jpg", caption: "caja" }, {
    type: "image",
    image: { link: "https://a.mx/caja.jpg", caption: "caja" },
  }],
  ["a voice note", { type: "audio", mediaExternalId: "1", isVoice: true }, {
    type: "audio",
    audio: { id: "1", voice: true },
  }],
  ["a sticker", { type: "sticker", mediaExternalId: "1" }, { type: "sticker", sticker: { id: "1" } }],
  ["a place", { type: "location", latitude: 19.4, longitude: -99.1, name: "Bodega", address: "Centro" }, {
    type: "location",
    location: { latitude: 19.4, longitude: -99.1, name: "Bodega", address: "Centro" },
  }],
  ["a reaction", { type: "reaction", messageExternalId: "wamid.a", emoji: "👍🏽" }, {
    type: "reaction",
    reaction: { message_id: "wamid.a", emoji: "👍🏽" },
  }],
  ["a reaction that is taken back", { type: "reaction", messageExternalId: "wamid.a", emoji: null }, {
    type: "reaction",
    reaction: { message_id: "wamid.a", emoji: "" },
  }],
  ["an address card", {
    type: "contacts",
    contacts: [{
      name: "Luis Prado",
      firstName: "Luis",
      company: "Cajas Norte",
      phones: [{ phone: "+52 55 1234 5678", kind: "WORK", whatsapp: "525512345678" }],
      emails: ["luis@cajas.example"],
    }],
  }, {
    type: "contacts",
    contacts: [{
      name: { formatted_name: "Luis Prado", first_name: "Luis" },
      phones: [{ phone: "+52 55 1234 5678", type: "WORK", wa_id: "525512345678" }],
      emails: [{ email: "luis@cajas.example" }],
      org: { company: "Cajas Norte" },
    }],
  }],
];

for (const [kind, content, body] of texts) {
  Deno.test(`toGraphMessage() writes ${kind}`, () => {
    const { messaging_product: _p, recipient_type: _r, to: _to, biz_opaque_callback_data: _d, ...rest } =
      toGraphMessage(content, phone, { callbackData });
    assert.deepEqual(rest, body);
  });
}

const taps: [kind: string, content: OutboundContent, interactive: Record<string, unknown>][] = [
  [
    "buttons under a picture",
    {
      ...ask("Sí"),
      header: { type: "image", link: "https://a.mx/caja.jpg" },
      footer: "Cajas Norte",
    },
    {
      type: "button",
      header: { type: "image", image: { link: "https://a.mx/caja.jpg" } },
      body: { text: "¿Seguimos?" },
      footer: { text: "Cajas Norte" },
      action: { buttons: [{ type: "reply", reply: { id: "0", title: "Sí" } }] },
    },
  ],
  [
    "a list",
    { ...sizes(2), header: { type: "text", text: "Tamaños" } },
    {
      type: "list",
      header: { type: "text", text: "Tamaños" },
      body: { text: "¿Qué tamaño?" },
      action: {
        button: "Ver",
        sections: [{ rows: [{ id: "0", title: "10 pulgadas" }, { id: "1", title: "11 pulgadas" }] }],
      },
    },
  ],
  ["a link as a button", { type: "cta_url", text: "Mira", label: "Abrir", url: "https://a.mx/c" }, {
    type: "cta_url",
    body: { text: "Mira" },
    action: { name: "cta_url", parameters: { display_text: "Abrir", url: "https://a.mx/c" } },
  }],
  [
    "a form that opens at a screen",
    {
      type: "flow",
      text: "Llena esto",
      label: "Empezar",
      flowId: "77",
      token: "t",
      screen: "START",
      data: { sku: "BOX-10" },
    },
    {
      type: "flow",
      body: { text: "Llena esto" },
      action: {
        name: "flow",
        parameters: {
          flow_message_version: "3",
          flow_id: "77",
          flow_cta: "Empezar",
          flow_token: "t",
          flow_action: "navigate",
          flow_action_payload: { screen: "START", data: { sku: "BOX-10" } },
        },
      },
    },
  ],
  ["a form that asks its own endpoint", { type: "flow", text: "?", label: "Ir", flowName: "quote" }, {
    type: "flow",
    body: { text: "?" },
    action: {
      name: "flow",
      parameters: {
        flow_message_version: "3",
        flow_name: "quote",
        flow_cta: "Ir",
        flow_action: "data_exchange",
      },
    },
  }],
  ["a product", { type: "product", catalogId: "7", productId: "BOX-10" }, {
    type: "product",
    action: { catalog_id: "7", product_retailer_id: "BOX-10" },
  }],
  [
    "a list of products",
    {
      type: "product_list",
      text: "Mira",
      title: "Cajas",
      catalogId: "7",
      sections: [{ title: "Pizza", productIds: ["BOX-10", "BOX-12"] }],
    },
    {
      type: "product_list",
      header: { type: "text", text: "Cajas" },
      body: { text: "Mira" },
      action: {
        catalog_id: "7",
        sections: [{
          title: "Pizza",
          product_items: [{ product_retailer_id: "BOX-10" }, { product_retailer_id: "BOX-12" }],
        }],
      },
    },
  ],
  ["a wish for a place", { type: "location_request", text: "¿Dónde?" }, {
    type: "location_request_message",
    body: { text: "¿Dónde?" },
    action: { name: "send_location" },
  }],
  ["a wish for a phone", { type: "contact_request", text: "¿Tu teléfono?" }, {
    type: "contact_request",
    body: { text: "¿Tu teléfono?" },
    action: { name: "request_contact_info" },
  }],
];

for (const [kind, content, interactive] of taps) {
  Deno.test(`toGraphMessage() writes ${kind}`, () => {
    const message = toGraphMessage(content, phone, { callbackData });
    assert.deepEqual([message.type, message.interactive], ["interactive", interactive]);
  });
}

Deno.test("toGraphMessage() writes a template with everything that fills it", () => {
  const message = toGraphMessage(
    {
      type: "template",
      name: "order_ready",
      language: "es_MX",
      header: { type: "document", mediaExternalId: "9", fileName: "factura.pdf" },
      body: [{ text: "Ana" }, { text: "400 cajas" }],
      buttons: [
        { kind: "quick_reply", index: 0, payload: "again" },
        { kind: "url", index: 1, text: "A-77" },
        { kind: "copy_code", index: 2, code: "CAJA10" },
        { kind: "flow", index: 3, token: "t" },
      ],
    },
    phone,
    { callbackData },
  );
  const button = { type: "button" };
  assert.deepEqual(message.template, {
    name: "order_ready",
    language: { code: "es_MX" },
    components: [
      {
        type: "header",
        parameters: [{ type: "document", document: { id: "9", filename: "factura.pdf" } }],
      },
      { type: "body", parameters: [{ type: "text", text: "Ana" }, { type: "text", text: "400 cajas" }] },
      { ...button, sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "again" }] },
      { ...button, sub_type: "url", index: "1", parameters: [{ type: "text", text: "A-77" }] },
      {
        ...button,
        sub_type: "copy_code",
        index: "2",
        parameters: [{ type: "coupon_code", coupon_code: "CAJA10" }],
      },
      {
        ...button,
        sub_type: "flow",
        index: "3",
        parameters: [{ type: "action", action: { flow_token: "t" } }],
      },
    ],
  });
});

Deno.test("toGraphMessage() writes the named values of a template, and none where it has none", () => {
  const template = { type: "template", name: "hello", language: "en" } as const;
  const named = toGraphMessage({ ...template, body: [{ name: "first_name", text: "Ana" }] }, phone, {
    callbackData,
  });
  assert.deepEqual(named.template, {
    name: "hello",
    language: { code: "en" },
    components: [{
      type: "body",
      parameters: [{ type: "text", parameter_name: "first_name", text: "Ana" }],
    }],
  });
  const bare = toGraphMessage(template, phone, { callbackData });
  assert.deepEqual(bare.template, { name: "hello", language: { code: "en" } });
});

const row = { id: "a", title: "Uno" };
const template = { type: "template", name: "hello", language: "es_MX" } as const;
const flow = { type: "flow", text: "?", label: "Ir", flowId: "1" } as const;
const beyondLimits: [why: string, content: OutboundContent, says: RegExp][] = [
  [
    "thirty-one products in two sections",
    {
      type: "product_list",
      text: "?",
      title: "Cajas",
      catalogId: "7",
      sections: [
        { title: "a", productIds: Array.from({ length: 30 }, (_, id) => `${id}`) },
        { title: "b", productIds: ["x"] },
      ],
    },
    /sections: 31 products in all, want at most 30/,
  ],
  ["eleven rows", sizes(11), /sections\.0\.rows: 11 items, want at most 10/],
  [
    "eleven rows in two sections",
    { ...sizes(0), sections: [section("a", 6), section("b", 5)] },
    /sections: 11 rows in all, want at most 10/,
  ],
  [
    "two sections of which one has no title",
    { ...sizes(0), sections: [section("a", 1), { rows: [row] }] },
    /2 sections with a blank title/,
  ],
  ["two rows of one id", { ...sizes(0), sections: [{ rows: [row, row] }] }, /rows with equal ids/],
  [
    "a row title over 24",
    { ...sizes(0), sections: [{ rows: [{ id: "a", title: "x".repeat(25) }] }] },
    /title: 25 characters, want at most 24/,
  ],
  [
    "a row description over 72",
    { ...sizes(0), sections: [{ rows: [{ ...row, description: "x".repeat(73) }] }] },
    /description: 73 characters, want at most 72/,
  ],
  [
    "a list button over 20",
    { ...sizes(1), button: "x".repeat(21) },
    /button: 21 characters, want at most 20/,
  ],
  ["a footer over 60", { ...sizes(1), footer: "x".repeat(61) }, /footer: 61 characters, want at most 60/],
  [
    "a link label over 20",
    { type: "cta_url", text: "?", label: "x".repeat(21), url: "https://a.mx" },
    /label: 21 .*20/,
  ],
  [
    "a link that is no web address",
    { type: "cta_url", text: "?", label: "x", url: "javascript:alert(1)" },
    /url: 19 characters of another form, want url/,
  ],
  [
    "a file by id and by address",
    { type: "image", mediaExternalId: "1", link: "https://a.mx/a" },
    /exactly one/,
  ],
  ["a file by neither", { type: "image" }, /mediaExternalId, link: want exactly one/],
  ["a header without its file", { ...ask("Sí"), header: { type: "image" } }, /header: .*exactly one/],
  [
    "a sticker with a caption",
    { type: "sticker", mediaExternalId: "1", caption: "x" },
    /sticker with a caption/,
  ],
  [
    "a video as voice note",
    { type: "video", mediaExternalId: "1", isVoice: true },
    /isVoice: on type "video"/,
  ],
  [
    "a header text over 60",
    { ...ask("Sí"), header: { type: "text", text: "x".repeat(61) } },
    /header\.text: 61 characters, want at most 60/,
  ],
  [
    "a place beyond the pole",
    { type: "location", latitude: 91, longitude: 0 },
    /latitude: 91, want at most 90/,
  ],
  ["a reaction of two emoji", { type: "reaction", messageExternalId: "a", emoji: "👍👍" }, /exactly one/],
  ["a reaction in words", { type: "reaction", messageExternalId: "a", emoji: "x" }, /exactly one/],
  ["a form of no flow", { ...flow, flowId: undefined }, /flowId, flowName: want exactly one/],
  ["data for no screen", { ...flow, data: {} }, /data: without a screen/],
  ["a template of another name", { ...template, name: "Hola Mundo" }, /name: .*of another form/],
  ["a template of no language", { ...template, language: "español" }, /language: .*of another form/],
  ["half named values", { ...template, body: [{ text: "a", name: "a" }, { text: "b" }] }, /1 of 2 values/],
  [
    "two values of one name",
    { ...template, body: [{ text: "a", name: "a" }, { text: "b", name: "a" }] },
    /equal names/,
  ],
  ["a value of two lines", { ...template, body: [{ text: "a\nb" }] }, /one line/],
  [
    "two buttons in one place",
    {
      ...template,
      buttons: [{ kind: "url", index: 0, text: "a" }, { kind: "url", index: 0, text: "b" }],
    },
    /equal indexes/,
  ],
  [
    "a card without a phone",
    { type: "contacts", contacts: [{ name: "x", phones: [] }] },
    /phones: 0 items, want at least 1/,
  ],
];

for (const [why, content, says] of beyondLimits) {
  Deno.test(`toGraphMessage() refuses ${why}, and says what is allowed`, () => {
    assert.throws(
      () => toGraphMessage(content, phone, { callbackData }),
      (error) => error instanceof InvalidInput && says.test(error.message),
    );
  });
}

Deno.test("toGraphMessage() quotes no text in its refusals", () => {
  const secret = "mi tarjeta es 4111";
  const contents: OutboundContent[] = [
    { type: "text", text: secret.repeat(400) },
    { ...ask("Sí"), text: secret.repeat(100) },
    { type: "cta_url", text: "?", label: "x", url: secret },
  ];
  for (const content of contents) {
    assert.throws(
      () => toGraphMessage(content, phone, { callbackData }),
      (error) => !`${error}`.includes("4111"),
    );
  }
});

Deno.test("toGraphMessage() takes every bubble of whatever a model writes", () => {
  const markdown = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom(
      "x".repeat(9_000),
      "**Precio:** $ 450\n\n".repeat(900),
      "| a | b |\n|---|---|\n| 1 | 2 |",
    ),
  );
  fc.assert(
    fc.property(markdown, (markdown) => {
      for (const text of splitIntoBubbles(toWhatsAppText(markdown), { maxLength: 4096, maxBubbles: 3 })) {
        toGraphMessage({ type: "text", text }, phone, { callbackData });
      }
    }),
    { numRuns: 500 },
  );
});

function sizes(count: number): Extract<OutboundContent, { type: "list" }> {
  const rows = Array.from({ length: count }, (_, id) => ({ id: `${id}`, title: `${10 + id} pulgadas` }));
  return { type: "list", text: "¿Qué tamaño?", button: "Ver", sections: [{ rows }] };
}

function section(title: string, count: number) {
  const rows = Array.from({ length: count }, (_, id) => ({ id: `${title}${id}`, title: `${id}` }));
  return { title, rows };
}

function ask(...titles: string[]): Extract<OutboundContent, { type: "buttons" }> {
  return {
    type: "buttons",
    text: "¿Seguimos?",
    buttons: titles.map((title, id) => ({ id: `${id}`, title })),
  };
}
