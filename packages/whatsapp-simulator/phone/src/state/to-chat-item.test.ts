import assert from "node:assert/strict";
import type { PhoneMessage } from "./phone-model.ts";
import { toChatItem } from "./to-chat-item.ts";

function message(body: Record<string, unknown>, more: Partial<PhoneMessage> = {}): PhoneMessage {
  return {
    wamid: "w1",
    direction: "outbound",
    phone_number_id: "100",
    customer: "52",
    at: "2026-11-21T12:00:00.000Z",
    message: body,
    statuses: [],
    acknowledged: false,
    attempts: 0,
    seen: false,
    owed: [],
    ...more,
  };
}

Deno.test("toChatItem() tells how far a message of one's own has come", () => {
  const of = (more: Partial<PhoneMessage>) =>
    toChatItem(message({ type: "text", text: { body: "x" } }, { direction: "inbound", ...more })).delivery;
  assert.deepEqual(of({ local: "sending" }), { state: "sending" });
  assert.deepEqual(of({}), { state: "sent" });
  assert.deepEqual(of({ attempts: 3 }), { state: "waiting", attempts: 3 });
  assert.deepEqual(of({ attempts: 3, acknowledged: true }), { state: "delivered" });
  assert.deepEqual(of({ acknowledged: true, seen: true }), { state: "read" });
  assert.equal(toChatItem(message({ type: "text", text: { body: "x" } })).delivery, undefined);
});

Deno.test("toChatItem() words every kind, and what it does not know as unknown", () => {
  const of = (body: Record<string, unknown>) => toChatItem(message(body)).content;
  const reply = { id: "a", title: "Sí" };
  assert.deepEqual(of({ text: { body: "sin tipo" } }), { kind: "text", text: "sin tipo" });
  assert.deepEqual(of({ type: "image", image: { id: "7", caption: "mira" } }), {
    kind: "image",
    url: "/_simulator/media/7",
    caption: "mira",
  });
  assert.deepEqual(of({ type: "interactive", interactive: { type: "button_reply", button_reply: reply } }), {
    kind: "text",
    text: "Sí",
  });
  assert.deepEqual(
    of({
      type: "interactive",
      interactive: {
        type: "button",
        body: { text: "¿Va?" },
        action: { buttons: [{ type: "reply", reply }] },
      },
    }),
    { kind: "buttons", text: "¿Va?", buttons: [reply] },
  );
  assert.deepEqual(of({ type: "location", location: { latitude: "19.4", longitude: -99.1 } }), {
    kind: "location",
    latitude: 19.4,
    longitude: -99.1,
  });
  assert.deepEqual(of({ type: "poll" }), { kind: "unknown", type: "poll" });
  assert.deepEqual(of({ type: "image", image: "broken" }), { kind: "unknown", type: "image" });
});
