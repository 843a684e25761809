import assert from "node:assert/strict";
import { runKill } from "./run-kill.ts";

Deno.test("runKill() loses nothing and doubles nothing over 20 kills at random moments", async () => {
  const result = await runKill({ kills: 20, customers: 300, rate: 15, leaseSeconds: 2, say: console.log });
  console.log(JSON.stringify(result));
  assert.ok(result.acknowledged > 100, "customers wrote through the whole storm");
  assert.ok(result.replies > 20, "replies were sent through the whole storm");
  assert.deepEqual(
    {
      lost: result.lost,
      unanswered: result.unanswered,
      doubled: result.doubled,
      misfiled: result.misfiled,
    },
    { lost: 0, unanswered: 0, doubled: 0, misfiled: 0 },
  );
});
