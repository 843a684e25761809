import assert from "node:assert/strict";
import { buildMessage } from "../../lib/testing.ts";
import { en as firstEn } from "../../words/en.ts";
import { en as laterEn } from "../../words/later/en.ts";
import { toChatItems } from "./to-chat-items.ts";

const en = { ...firstEn, ...laterEn };

const around = {
  words: en,
  contactName: "Ana",
  nameOfMember: () => "Gabriela",
  urls: new Map([["a.png", "blob:a"]]),
};
const show = (...messages: Parameters<typeof buildMessage>[0][]) =>
  toChatItems(
    messages.map((message, index) => buildMessage({ id: `m${index}`, seq: index, ...message })),
    [],
    around,
  );

Deno.test("toChatItems() shows every type of message as what it is, and nonsense as what it says", () => {
  const media = {
    id: "f",
    path: "a.png",
    mime_type: "image/png",
    size: 1,
    file_name: null,
    duration_ms: null,
    transcript: "dice hola",
    description: null,
    status: "stored",
  };
  const kinds = show(
    { type: "text" },
    { type: "image", media },
    { type: "audio", media },
    { type: "video", media },
    { type: "document", media },
    { type: "sticker", media },
    { type: "image", media: { ...media, path: null, status: "remote" } },
    { type: "location", payload: { latitude: 1, longitude: 2 } },
    { type: "location", payload: { latitude: "north" }, content: "a place" },
    { type: "contact", content: "Ana\nLuis" },
    { type: "interactive", payload: { type: "buttons", buttons: [{ id: "y", title: "Yes" }] } },
    { type: "interactive", payload: {}, content: "Yes" },
    { type: "order", payload: { order: { items: [{ productId: "box", quantity: 2 }] } } },
    { type: "note", direction: "internal", sender_type: "agent" },
    { type: "system", content: "changed number" },
    { type: "unsupported", content: "" },
  ).map((item) => item.content.kind);
  assert.deepEqual(kinds, [
    "text",
    "image",
    "audio",
    "video",
    "document",
    "sticker",
    "missing",
    "location",
    "text",
    "contacts",
    "buttons",
    "text",
    "order",
    "note",
    "system",
    "unknown",
  ]);
});

Deno.test("toChatItems() says what the engine tells people as a code, and that there is something where it knows none", () => {
  const texts = show(
    { type: "system", content: "", payload: { notice: "back_with_bot", reason: "silent" } },
    { type: "system", content: "", payload: { notice: "back_with_bot", reason: "hold_ended" } },
    { type: "system", content: "", payload: { notice: "unheard_of" } },
  ).map(({ content }) => content.kind === "system" && content.text);
  assert.deepEqual(texts, [
    en.backWithBot["silent"],
    en.backWithBot["hold_ended"],
    en.messageTypes["system"],
  ]);
});

Deno.test("toChatItems() puts the newest reaction of each side on its message and shows none by itself", () => {
  const items = show(
    {},
    { type: "reaction", content: "👍", reply_to: "m0" },
    { type: "reaction", content: "❤️", reply_to: "m0" },
    { type: "reaction", content: "🙏", reply_to: "m0", direction: "outbound" },
  );
  assert.deepEqual(items.map((item) => item.reactions), [["❤️", "🙏"]]);
  assert.deepEqual(show({}, { type: "reaction", content: "", reply_to: "m0" })[0]?.reactions, []);
});

Deno.test("toChatItems() says who wrote, what is quoted and why something did not arrive", () => {
  const items = show(
    { content: "how much?" },
    { direction: "outbound", sender_type: "bot", turn_id: "t", status: "read", reply_to: "m0" },
    { direction: "outbound", sender_type: "agent", status: "failed", error: { title: "Number gone" } },
    { direction: "outbound", sender_type: "bot", status: "cancelled", error: { reason: "taken_over" } },
  );
  assert.deepEqual(items.map((item) => item.author?.kind), [undefined, "bot", "agent", "bot"]);
  assert.deepEqual(items.map((item) => item.delivery?.state), [undefined, "read", "failed", "failed"]);
  assert.deepEqual(items[1]?.quote, { author: "Ana", text: "how much?" });
  assert.ok(items[1]?.hasDetails);
  assert.match(items[2]?.problem?.details ?? "", /Number gone/);
  assert.equal(items[2]?.problem?.action, en.sendAgain);
  assert.equal(items[3]?.problem?.text, en.refusals.taken_over);
});

Deno.test("toChatItems() shows what waits on the device until it is stored", () => {
  const entry = {
    id: "m1",
    tenantId: "t",
    sessionId: "session",
    userId: "u",
    writtenAt: 1,
    message: { id: "m1", type: "text" as const, content: "voy" },
    bucket: "b",
    fence: 1,
    state: "review" as const,
    hasWaited: true,
    reason: "conversation_moved_on",
  };
  const waiting = toChatItems([buildMessage()], [entry], around);
  assert.deepEqual(waiting.map((item) => item.id), ["message", "m1"]);
  assert.equal(waiting[1]?.problem?.text, en.problems.review);
  assert.equal(toChatItems([buildMessage({ id: "m1" })], [entry], around).length, 1);
});
