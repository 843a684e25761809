import assert from "node:assert/strict";
import { atMostEvery } from "./at-most-every.ts";

Deno.test("atMostEvery() does the first at once, the rest of a burst once, and then as the first again", () => {
  let done = 0;
  const ends: (() => void)[] = [];
  const ask = atMostEvery(2000, () => void done++, (run, ms) => {
    assert.equal(ms, 2000);
    ends.push(run);
  });
  ask();
  assert.equal(done, 1);
  for (let n = 0; n < 100; n++) ask();
  assert.equal(done, 1);
  ends.shift()?.();
  assert.equal(done, 2);
  ends.shift()?.();
  assert.equal(done, 2);
  ask();
  assert.equal(done, 3);
});
