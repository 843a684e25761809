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
  const reaction = { type: "reaction", messageExternalId: "wamid.a", emoji: "👍" };
  assert.equal(toGraphMessage(reaction, phone, { callbackData, replyTo: "wamid.a" }).context, undefined);
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

function ask(...titles: string[]): Extract<OutboundContent, { type: "buttons" }> {
  return {
    type: "buttons",
    text: "¿Seguimos?",
    buttons: titles.map((title, id) => ({ id: `${id}`, title })),
  };
}
