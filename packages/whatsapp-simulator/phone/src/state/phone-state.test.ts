import assert from "node:assert/strict";
import type { LedgerEvent, LedgerFact } from "../../../src/ledger-event.ts";
import { chatKey, emptyState, type PhoneMessage, type PhoneState } from "./phone-model.ts";
import { reducePhone } from "./phone-state.ts";

const CHAT = { phone_number_id: "100", customer: "52" };
const KEY = chatKey("52", "100");

function play(state: PhoneState, ...facts: LedgerFact[]): PhoneState {
  const events = facts.map((fact): LedgerEvent => ({ seq: 1, at: "2026-11-21T12:00:00.000Z", ...fact }));
  return reducePhone(state, { type: "events", events });
}

function text(body: string) {
  return { type: "text", text: { body } };
}

const asked: LedgerFact = { kind: "inbound", wamid: "w1", ...CHAT, message: text("hola") };
const answered: LedgerFact = {
  kind: "outbound",
  wamid: "w2",
  ...CHAT,
  addressed_by: "phone",
  message: text("¿qué tal?"),
};

function localMessage(local: "sending" | "failed"): PhoneMessage {
  return {
    wamid: "w1",
    direction: "inbound",
    ...CHAT,
    at: "2026-11-21T11:59:59.000Z",
    message: text("hola"),
    statuses: [],
    acknowledged: false,
    attempts: 0,
    seen: false,
    owed: [],
    local,
  };
}

Deno.test("reducePhone() puts what arrived in the place of what was sent", () => {
  const before = reducePhone(emptyState, { type: "local", message: localMessage("sending") });
  const after = play(before, asked);
  assert.deepEqual(after.chats[KEY]?.messages.map((each) => [each.wamid, each.local]), [["w1", undefined]]);
});

Deno.test("reducePhone() takes the same event twice as one", () => {
  const state = play(emptyState, asked, asked, answered, answered);
  assert.equal(state.chats[KEY]?.messages.length, 2);
  assert.equal(state.chats[KEY]?.unread, 1);
});

Deno.test("reducePhone() counts unread until they are read, and ends typing with the answer", () => {
  const typing: LedgerFact = { kind: "typing", wamid: "w1", ...CHAT };
  const before = play(emptyState, asked, typing);
  assert.ok((before.chats[KEY]?.typingUntil ?? 0) > 0);
  const after = play(before, answered);
  assert.equal(after.chats[KEY]?.typingUntil, 0);
  assert.equal(after.chats[KEY]?.unread, 1);
  assert.equal(play(after, { kind: "status", wamid: "w2", ...CHAT, status: "read" }).chats[KEY]?.unread, 0);
});

Deno.test("reducePhone() marks all that came before a seen message as seen", () => {
  const second: LedgerFact = { kind: "inbound", wamid: "w3", ...CHAT, message: text("¿hola?") };
  const third: LedgerFact = { kind: "inbound", wamid: "w4", ...CHAT, message: text("¿?") };
  const state = play(emptyState, asked, second, third, { kind: "seen", wamid: "w3", ...CHAT });
  assert.deepEqual(state.chats[KEY]?.messages.map((each) => each.seen), [true, true, false]);
});

Deno.test("reducePhone() keeps what never left when the stored messages come", () => {
  const before = reducePhone(emptyState, { type: "local", message: localMessage("failed") });
  const stored = { ...localMessage("failed"), wamid: "w0", at: "2026-11-21T12:30:00.000Z" };
  delete stored.local;
  const after = reducePhone(before, {
    type: "messages",
    customer: "52",
    phoneNumberId: "100",
    messages: [stored],
  });
  assert.deepEqual(after.chats[KEY]?.messages.map((each) => each.wamid), ["w0", "w1"]);
});
