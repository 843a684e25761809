import assert from "node:assert/strict";
import { createBatcher } from "./create-batcher.ts";

Deno.test("createBatcher() works on items of the same time together, and on later ones next", async () => {
  const batches: number[][] = [];
  const batcher = createBatcher(queueMicrotask, 3, (items: number[]) => {
    batches.push(items);
    return Promise.resolve(items.map((item) => item * 10));
  });
  assert.deepEqual(await Promise.all([1, 2, 3, 4].map((item) => batcher.add(item))), [10, 20, 30, 40]);
  assert.equal(await batcher.add(5), 50);
  assert.deepEqual(batches, [[1, 2, 3], [4], [5]]);
});

Deno.test("createBatcher() tries the items of a failed batch alone", async () => {
  const batcher = createBatcher(queueMicrotask, 10, (items: string[]) => {
    if (items.includes("bad")) return Promise.reject(new Error("refused"));
    return Promise.resolve(items.map((item) => item.toUpperCase()));
  });
  const settled = await Promise.allSettled(["a", "bad", "b"].map((item) => batcher.add(item)));
  assert.deepEqual(settled.map((one) => one.status), ["fulfilled", "rejected", "fulfilled"]);
});
