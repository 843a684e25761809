import assert from "node:assert/strict";
import { runFaults } from "./run-faults.ts";
import { runRestarts } from "./run-restarts.ts";

Deno.test("runFaults() leaves nobody without a reply or a person while provider and model fail in every way", async () => {
  const result = await runFaults({ turns: 60, rate: 5, modelTimeoutMs: 2_000 });
  assert.equal(result.acknowledged, 60);
  const { abandoned, lost, doubled, misfiled, blind, posted_too_often } = result;
  assert.deepEqual({ abandoned, lost, doubled, misfiled, blind, posted_too_often }, {
    abandoned: 0,
    lost: 0,
    doubled: 0,
    misfiled: 0,
    blind: 0,
    posted_too_often: 0,
  });
});

Deno.test("runRestarts() has every acknowledged message after the database was stopped three times", async () => {
  const result = await runRestarts({ restarts: 3, rate: 20 });
  assert.ok(result.acknowledged > 50, `${result.acknowledged} messages`);
  assert.ok(result.refused > 0, "the database was away while customers wrote");
  const { process_deaths, lost, unanswered, doubled, misfiled, blind, posted_too_often } = result;
  assert.deepEqual({ process_deaths, lost, unanswered, doubled, misfiled, blind, posted_too_often }, {
    process_deaths: 0,
    lost: 0,
    unanswered: 0,
    doubled: 0,
    misfiled: 0,
    blind: 0,
    posted_too_often: 0,
  });
});
