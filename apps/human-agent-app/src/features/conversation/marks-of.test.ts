import assert from "node:assert/strict";
import { buildMessage } from "../../lib/testing.ts";
import { marksOf, reactionsOf } from "./marks-of.ts";

Deno.test("marksOf() reads what the product writes, and takes nonsense for nothing", () => {
  const payload = {
    reactions: [{ by: "contact", emoji: "👍", at: "2026-11-30T10:00:00Z" }],
    edited_at: "2026-11-30T10:00:00Z",
    before: { type: "text", content: "old", payload: {} },
    revoked_at: "2026-11-30T10:01:00Z",
  };
  const marks = marksOf({ payload });
  assert.deepEqual([marks.reactions.length, marks.before?.content], [1, "old"]);
  assert.ok(marks.edited_at && marks.revoked_at);
  assert.deepEqual(marksOf({ payload: { reactions: 5, edited_at: 5, before: "x" } }).reactions, []);
  assert.deepEqual(marksOf({ payload: null }).reactions, []);
});

Deno.test("reactionsOf() tells the sides apart; the newest of ours counts, one that failed does not", () => {
  const said = buildMessage({ payload: { reactions: [{ by: "contact", emoji: "👍", at: "" }] } });
  const ours = (content: string, status = "sent") =>
    buildMessage({ type: "reaction", direction: "outbound", reply_to: said.id, content, status });
  const of = (...rows: ReturnType<typeof ours>[]) => reactionsOf([said, ...rows]).get(said.id);
  assert.deepEqual(of(), { contact: "👍" });
  assert.deepEqual(of(ours("🙏"), ours("❤️")), { contact: "👍", own: "❤️" });
  assert.deepEqual(of(ours("🙏"), ours("❤️", "failed")), { contact: "👍", own: "🙏" });
  assert.deepEqual(of(ours("🙏"), ours("")), { contact: "👍", own: "" });
});
