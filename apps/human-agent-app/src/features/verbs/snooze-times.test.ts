import assert from "node:assert/strict";
import { snoozeTimes } from "./snooze-times.ts";

Deno.test("snoozeTimes() gives times that lie ahead, whatever the day and hour", () => {
  for (let hour = 0; hour < 24 * 8; hour++) {
    const now = new Date(2026, 10, 25, hour, 30);
    const times = snoozeTimes(now);
    assert.ok(times.every(({ until }) => until > now), String(now));
    assert.equal(times.find(({ id }) => id === "monday")?.until.getDay(), 1);
    assert.equal(times.some(({ id }) => id === "evening"), now.getHours() < 17);
  }
});
