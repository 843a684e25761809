import assert from "node:assert/strict";
import { type ContactIdentity, InvalidInput, type OutboundContent } from "@app/contracts/mod.ts";
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

function ask(...titles: string[]): Extract<OutboundContent, { type: "buttons" }> {
  return {
    type: "buttons",
    text: "¿Seguimos?",
    buttons: titles.map((title, id) => ({ id: `${id}`, title })),
  };
}
