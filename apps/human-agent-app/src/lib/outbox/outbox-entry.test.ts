import assert from "node:assert/strict";
import { nextToSend, type OutboxEntry, settle } from "./outbox-entry.ts";

function entry(more: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    id: "a",
    tenantId: "t",
    sessionId: "s",
    userId: "u",
    writtenAt: 1,
    message: { id: "a", type: "text", content: "hola" },
    bucket: "client-t",
    fence: 3,
    state: "waiting",
    hasWaited: false,
    ...more,
  };
}

Deno.test("settle() keeps what had no network, and remembers that it waited", () => {
  assert.equal(settle(entry(), { kind: "taken" }), null);
  const waiting = settle(entry({ state: "sending" }), { kind: "offline" });
  assert.deepEqual([waiting?.state, waiting?.hasWaited], ["waiting", true]);
});

Deno.test("settle() offers what became stale for review, and tells why anything else was refused", () => {
  assert.equal(settle(entry(), { kind: "refused", reason: "conversation_moved_on" })?.state, "review");
  const refused = settle(entry(), { kind: "refused", reason: "window_closed" });
  assert.deepEqual([refused?.state, refused?.reason], ["refused", "window_closed"]);
});

Deno.test("nextToSend() goes by age, one at a time per conversation, and leaves what a person decides", () => {
  const entries = [
    entry({ id: "late", writtenAt: 5 }),
    entry({ id: "early", writtenAt: 2 }),
    entry({ id: "review", writtenAt: 1, state: "review" }),
  ];
  assert.equal(nextToSend(entries)?.id, "early");
  assert.equal(nextToSend([...entries, entry({ id: "x", state: "sending" })]), undefined);
  assert.equal(
    nextToSend([entry({ id: "x", state: "sending" }), entry({ id: "y", sessionId: "other" })])?.id,
    "y",
  );
});
