import assert from "node:assert/strict";
import type { InfiniteData } from "@tanstack/react-query";
import { buildSession } from "../../lib/testing.ts";
import { belongs, orderOf } from "./queue-view.ts";
import { patchQueue, type QueuePage } from "./patch-queue.ts";

const now = Date.parse("2026-11-30T12:00:00Z");
const me = "me";
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const patched = { view: "needs_answer", filters: {}, me, now } as const;

function data(pages: QueuePage[]): InfiniteData<QueuePage> {
  return { pages, pageParams: pages.map(() => null) };
}

Deno.test("belongs() tells the views apart", () => {
  const waiting = buildSession({ holder: "queue" });
  const mine = buildSession({ holder: "human", assigned_to: me, last_message_from: "agent" });
  const views = (session: typeof waiting) =>
    (["needs_answer", "mine", "unassigned", "bot", "snoozed", "all", "resolved"] as const)
      .filter((view) => belongs(session, view, {}, me, now));
  assert.deepEqual(views(waiting), ["needs_answer", "unassigned", "all"]);
  assert.deepEqual(views(mine), ["mine", "all"]);
  assert.deepEqual(views({ ...mine, last_message_from: "contact" }), ["needs_answer", "mine", "all"]);
  assert.deepEqual(views({ ...mine, assigned_to: "another" }), ["all"]);
  assert.deepEqual(views(buildSession({ holder: "bot" })), ["bot", "all"]);
  assert.deepEqual(views({ ...waiting, snoozed_until: inMinutes(5) }), ["snoozed", "all"]);
  assert.deepEqual(views({ ...waiting, snoozed_until: inMinutes(5), unread_count: 1 }), [
    "needs_answer",
    "unassigned",
    "all",
  ]);
  assert.deepEqual(views({ ...waiting, status: "resolved" }), ["resolved"]);
  assert.deepEqual(views({ ...waiting, last_message_at: null }), []);
});

Deno.test("belongs() obeys filters", () => {
  const session = buildSession({ holder: "queue", tags: ["vip"], language: "pt" });
  assert.ok(belongs(session, "all", { tag: "vip", language: "pt" }, me, now));
  assert.ok(!belongs(session, "all", { tag: "new" }, me, now));
  assert.ok(!belongs(session, "all", { config_id: "other" }, me, now));
});

Deno.test("orderOf() puts the least time left first and closed windows last", () => {
  const sessions = [
    buildSession({ id: "closed", window_expires_at: inMinutes(-1), due_at: inMinutes(-2) }),
    buildSession({ id: "calm", window_expires_at: inMinutes(600) }),
    buildSession({ id: "overdue", window_expires_at: inMinutes(600), due_at: inMinutes(-3) }),
    buildSession({ id: "closing", window_expires_at: inMinutes(2) }),
  ];
  assert.deepEqual(sessions.sort(orderOf("needs_answer", now)).map((session) => session.id), [
    "overdue",
    "closing",
    "calm",
    "closed",
  ]);
  const answered = buildSession({
    id: "answered",
    window_expires_at: inMinutes(700),
    due_at: inMinutes(-9),
    last_message_from: "agent",
  });
  assert.equal([...sessions, answered].sort(orderOf("mine", now)).at(-2)?.id, "answered");
});

Deno.test("patchQueue() moves, adds and removes, and leaves what lies behind the loaded part to the next page", () => {
  const near = buildSession({ id: "near", holder: "queue", window_expires_at: inMinutes(10) });
  const far = buildSession({ id: "far", holder: "queue", window_expires_at: inMinutes(100) });
  const whole = data([{ sessions: [near, far], next: null }]);
  const ids = (result: InfiniteData<QueuePage>) =>
    result.pages.flatMap((page) => page.sessions.map(({ id }) => id));
  const added = buildSession({ id: "new", holder: "queue", window_expires_at: inMinutes(50) });
  assert.deepEqual(ids(patchQueue(whole, ["new"], [added], patched)), ["near", "new", "far"]);
  assert.deepEqual(ids(patchQueue(whole, ["near"], [{ ...near, holder: "bot" }], patched)), ["far"]);
  assert.deepEqual(ids(patchQueue(whole, ["near"], [], patched)), ["far"]);
  const moved = { ...near, window_expires_at: inMinutes(1000) };
  assert.deepEqual(ids(patchQueue(whole, ["near"], [moved], patched)), ["far", "near"]);
  const partly = data([{ sessions: [near], next: {} }, { sessions: [far], next: { id: "far" } }]);
  assert.deepEqual(ids(patchQueue(partly, ["near"], [moved], patched)), ["far"]);
});
