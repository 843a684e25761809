import assert from "node:assert/strict";
import { rowsInView } from "./rows-in-view.ts";

const list = { scrollTop: 0, height: 880, rowHeight: 88, count: 50_000 };

Deno.test("rowsInView() draws what is in view and eight rows on either side", () => {
  assert.deepEqual(rowsInView(list), { from: 0, to: 18 });
  assert.deepEqual(rowsInView({ ...list, scrollTop: 88_000 }), { from: 992, to: 1018 });
  assert.deepEqual(rowsInView({ ...list, scrollTop: 88_044 }), { from: 992, to: 1019 });
});

Deno.test("rowsInView() never leaves the list, however it was scrolled, shrunk or hidden", () => {
  assert.deepEqual(rowsInView({ ...list, scrollTop: 4_399_120 }), { from: 49_982, to: 50_000 });
  assert.deepEqual(rowsInView({ ...list, scrollTop: -60 }), { from: 0, to: 18 });
  assert.deepEqual(rowsInView({ ...list, scrollTop: 88_000, count: 3 }), { from: 2, to: 3 });
  assert.deepEqual(rowsInView({ ...list, height: 0 }), { from: 0, to: 8 });
  assert.deepEqual(rowsInView({ ...list, count: 0 }), { from: 0, to: 0 });
});
