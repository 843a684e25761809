import assert from "node:assert/strict";
import { Clock } from "./clock.ts";

Deno.test("Clock does what has come due when it is moved ahead, the oldest first, and nothing that was called off", () => {
  const clock = new Clock();
  const done: string[] = [];
  clock.after(7 * 24 * 3_600_000, () => done.push("a week"));
  clock.after(3_600_000, () => done.push("an hour"));
  clock.cancel(clock.after(60_000, () => done.push("called off")));
  const far = clock.after(30 * 24 * 3_600_000, () => done.push("a month"));

  clock.aheadMs = 8 * 24 * 3_600_000;

  assert.deepEqual(done, ["an hour", "a week"]);
  assert.ok(Math.abs(clock.now() - Date.now() - 8 * 24 * 3_600_000) < 1_000);
  clock.cancel(far);
});
