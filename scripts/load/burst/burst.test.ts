import assert from "node:assert/strict";
import { runBurst } from "./run-burst.ts";

Deno.test("runBurst() gets one turn and one reply for each burst, which read all of it in order", async () => {
  // The wait is long: on a busy machine the five messages of a burst, five times each, take their time to arrive.
  const result = await runBurst({
    sessions: 40,
    rounds: 2,
    messages: 5,
    copies: 5,
    connections: 10,
    tenants: 3,
    debounce: { ms: 6_000, maxMs: 60_000 },
  });
  assert.equal(result.acknowledged, 40 * 2 * 5);
  const { lost, unanswered, doubled, doubled_without_status, misfiled } = result;
  assert.deepEqual({ lost, unanswered, doubled, doubled_without_status, misfiled }, {
    lost: 0,
    unanswered: 0,
    doubled: 0,
    doubled_without_status: 0,
    misfiled: 0,
  });
  const { replies, turns, split, blind, out_of_order, strayed, extra_model_calls } = result;
  assert.deepEqual({ replies, turns, split, blind, out_of_order, strayed, extra_model_calls }, {
    replies: 80,
    turns: 80,
    split: 0,
    blind: 0,
    out_of_order: 0,
    strayed: 0,
    extra_model_calls: 0,
  });
});
