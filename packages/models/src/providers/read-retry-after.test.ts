import assert from "node:assert/strict";
import { readRetryAfter } from "./read-retry-after.ts";

const now = Date.parse("2026-11-21T12:00:00Z");

for (
  const [header, value, expected] of [
    ["retry-after-ms", "250", 250],
    ["retry-after", "2", 2000],
    ["retry-after", "0.5", 500],
    ["retry-after", "Sat, 21 Nov 2026 12:00:03 GMT", 3000],
    ["retry-after", "Sat, 21 Nov 2026 11:00:00 GMT", 0],
    ["retry-after", "soon", undefined],
    ["retry-after", "-5", undefined],
    ["x-nothing", "1", undefined],
  ] as const
) {
  Deno.test(`readRetryAfter() reads ${header}: ${value}`, () => {
    assert.equal(readRetryAfter(new Headers({ [header]: value }), now), expected);
  });
}
