import assert from "node:assert/strict";
import { localTime } from "../mod.ts";

Deno.test("localTime() tells day and hour at the place", () => {
  const now = "2026-11-21T02:30:00.000Z";
  assert.deepEqual(localTime(now, "America/Lima"), { date: "2026-11-20", weekday: "Friday", time: "21:30" });
  assert.deepEqual(localTime(now, "Asia/Tokyo"), { date: "2026-11-21", weekday: "Saturday", time: "11:30" });
  assert.deepEqual(localTime("2026-11-21T00:00:00Z", "Moon/Base"), {
    date: "2026-11-21",
    weekday: "Saturday",
    time: "00:00",
  });
});
