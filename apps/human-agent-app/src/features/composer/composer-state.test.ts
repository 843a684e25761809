import assert from "node:assert/strict";
import { buildSession } from "../../lib/testing.ts";
import { composerState } from "./composer-state.ts";
import { fillReply } from "./use-quick-replies.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const mine = buildSession({ holder: "human", assigned_to: "me", window_expires_at: "2026-11-30T13:00:00Z" });

Deno.test("composerState() says what stands between an agent and a reply, the strongest first", () => {
  assert.equal(composerState(mine, "me", now), "write");
  assert.equal(composerState(mine, "me", now + 3_600_000), "window_closed");
  assert.equal(composerState(mine, "another", now), "take_over");
  assert.equal(composerState({ ...mine, holder: "bot", assigned_to: null }, "me", now), "take_over");
  assert.equal(composerState({ ...mine, opted_out_at: "2026-11-30T11:00:00Z" }, "me", now), "opted_out");
  assert.equal(composerState({ ...mine, blocked_at: "2026-11-30T11:00:00Z" }, "me", now), "blocked");
  assert.equal(composerState({ ...mine, status: "resolved" }, "me", now), "resolved");
});

Deno.test("fillReply() greets by first name, and without a name leaves no hole", () => {
  assert.equal(fillReply("Hola {name}, ¿qué tal?", "Ana María Rojas"), "Hola Ana, ¿qué tal?");
  assert.equal(fillReply("Hola {name} y bienvenido", null), "Hola y bienvenido");
});
