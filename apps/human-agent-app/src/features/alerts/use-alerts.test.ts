import assert from "node:assert/strict";
import { stateOf } from "./use-alerts.ts";

const alert = { sent_at: null, delivered_at: null, opened_at: null, failure: null };
const at = "2026-11-30T12:00:00Z";

Deno.test("stateOf() says how far an alert has come, and a failure only where nothing arrived", () => {
  assert.equal(stateOf(alert), "planned");
  assert.equal(stateOf({ ...alert, failure: "gone" }), "failed");
  assert.equal(stateOf({ ...alert, sent_at: at }), "sent");
  assert.equal(stateOf({ ...alert, sent_at: at, delivered_at: at }), "delivered");
  assert.equal(stateOf({ ...alert, opened_at: at, failure: "gone" }), "opened");
});
