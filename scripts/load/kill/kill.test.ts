import assert from "node:assert/strict";
import { runKill } from "./run-kill.ts";

Deno.test("runKill() loses nothing and doubles nothing over 20 kills at random moments and a frozen worker", async () => {
  const result = await runKill({
    kills: 20,
    longestLifeMs: 3_500,
    silentKills: 4,
    freezes: 1,
    customers: 80,
    rate: 15,
    leaseSeconds: 2,
    say: console.log,
  });
  console.log(JSON.stringify(result));
  assert.ok(result.acknowledged > 100, "customers wrote through the whole storm");
  assert.ok(result.replies > 20, "replies were sent through the whole storm");
  const { lost, unanswered, doubled, misfiled, blind, posted_too_often, unexplained_model_calls } = result;
  assert.deepEqual(
    { lost, unanswered, doubled, misfiled, blind, posted_too_often, unexplained_model_calls },
    {
      lost: 0,
      unanswered: 0,
      doubled: 0,
      misfiled: 0,
      blind: 0,
      posted_too_often: 0,
      unexplained_model_calls: 0,
    },
  );
});
