import assert from "node:assert/strict";
import type { ChatItem } from "./chat-item.ts";
import { historyRows } from "./history-rows.ts";

function item(id: string, at: string, more: Partial<ChatItem> = {}): ChatItem {
  return { id, at, side: "other", content: { kind: "text", text: id }, ...more };
}

Deno.test("historyRows() begins each day with a separator and groups neighbours of one writer", () => {
  const rows = historyRows([
    item("a", "2026-11-29T12:00:00"),
    item("b", "2026-11-29T12:01:00"),
    item("c", "2026-11-29T12:02:00", { side: "own", author: { name: "Bot", kind: "bot" } }),
    item("d", "2026-11-29T12:03:00", { side: "own", author: { name: "Ana", kind: "agent" } }),
    item("e", "2026-11-30T12:00:00", { side: "own", author: { name: "Ana", kind: "agent" } }),
  ]);
  const shown = rows.map((row) => row.kind === "day" ? "day" : `${row.item.id}${row.startsGroup ? "*" : ""}`);
  assert.deepEqual(shown, ["day", "a*", "b", "c*", "d*", "day", "e*"]);
  assert.equal(new Set(rows.map((row) => row.key)).size, rows.length);
});

Deno.test("historyRows() sets notes and events apart, and has nothing for an empty conversation", () => {
  const rows = historyRows([
    item("a", "2026-11-29T12:00:00", { side: "own" }),
    item("b", "2026-11-29T12:01:00", { side: "own", content: { kind: "note", text: "b" } }),
    item("c", "2026-11-29T12:02:00", { side: "own" }),
  ]);
  assert.deepEqual(rows.map((row) => row.kind === "message" && row.startsGroup), [false, true, true, true]);
  assert.deepEqual(historyRows([]), []);
});
