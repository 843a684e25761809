import assert from "node:assert/strict";
import { comparePrefixes } from "./compare-prefixes.ts";
import { measuredCustomer } from "./customer.ts";
import { measureModel } from "./measure-model.ts";
import { measuredModels } from "./measured-models.ts";

for (const measured of measuredModels) {
  Deno.test(`merging and caching save 70 % of the input cost of ${measured.model}`, async () => {
    const { naive, ours, savedPct, staticTokens } = await measureModel(measured, measuredCustomer);

    assert.ok(savedPct >= 70, `saved ${savedPct} %`);
    assert.ok(staticTokens >= 3_000);
    assert.deepEqual([naive.turns, ours.turns, naive.calls.length, ours.calls.length], [12, 6, 12, 6]);
  });

  Deno.test(`every turn of a tenant begins with the same bytes for ${measured.model}`, async () => {
    const { turns, identical } = await comparePrefixes(measured);

    assert.ok(turns > 20);
    assert.equal(identical, turns);
  });
}
