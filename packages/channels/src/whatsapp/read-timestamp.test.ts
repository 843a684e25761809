import assert from "node:assert/strict";
import { readTimestamp } from "./read-timestamp.ts";

const now = new Date("2026-11-21T12:00:00.000Z");
const seconds = (time: string) => String(Date.parse(time) / 1000);

Deno.test("readTimestamp() reads seconds, as a string or a number", () => {
  assert.equal(readTimestamp(seconds("2026-11-21T10:40:00Z"), now), "2026-11-21T10:40:00.000Z");
  assert.equal(readTimestamp(Date.parse("2026-11-21T10:40:00Z") / 1000, now), "2026-11-21T10:40:00.000Z");
});

Deno.test("readTimestamp() keeps the time of a message that comes a week late", () => {
  assert.equal(readTimestamp(seconds("2026-11-14T12:00:00Z"), now), "2026-11-14T12:00:00.000Z");
});

Deno.test("readTimestamp() keeps times that are ahead of this process, whose clock may be wrong", () => {
  assert.equal(readTimestamp(seconds("2026-11-22T14:00:00Z"), now), "2026-11-22T14:00:00.000Z");
  assert.equal(readTimestamp(seconds("2026-11-21T12:05:00Z"), now), "2026-11-21T12:05:00.000Z");
});

Deno.test("readTimestamp() takes the time of arrival for what cannot be", () => {
  const wild = [
    undefined,
    null,
    "",
    "soon",
    "-5",
    "1e9",
    "0x10",
    "9".repeat(400),
    String(now.getTime()),
    seconds("2026-11-23T12:01:00Z"),
    seconds("1999-01-01T00:00:00Z"),
    0,
    -1,
    NaN,
    Infinity,
    1e300,
    {},
    [],
    true,
  ];
  for (const value of wild) assert.equal(readTimestamp(value, now), now.toISOString(), String(value));
});
