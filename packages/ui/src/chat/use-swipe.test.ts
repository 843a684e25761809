import assert from "node:assert/strict";
import { swipeOffset } from "./use-swipe.ts";

const start = { x: 100, y: 100 };

Deno.test("swipeOffset() follows a finger that goes sideways, so far and no farther", () => {
  assert.equal(swipeOffset(start, { x: 140, y: 105 }), 40);
  assert.equal(swipeOffset(start, { x: 400, y: 100 }), 80);
});

Deno.test("swipeOffset() leaves scrolling, going back and trembling alone", () => {
  assert.equal(swipeOffset(start, { x: 140, y: 160 }), 0);
  assert.equal(swipeOffset(start, { x: 40, y: 100 }), 0);
  assert.equal(swipeOffset(start, { x: 105, y: 100 }), 0);
});
