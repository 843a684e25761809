import assert from "node:assert/strict";
import { type ContactIdentity, InvalidInput, type OutboundContent } from "@app/contracts/mod.ts";
import { toGraphMessage } from "./to-graph-message.ts";

const phone: ContactIdentity = { kind: "phone", externalId: "5215512345678" };
const callbackData = "0b4f8ff1-62f5-4ea0-8b7c-3a0c0a4f8d11";

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
  ["a file by neither", { type: "image" }, /mediaExternalId, link, storedMediaId: want exactly one/],
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
