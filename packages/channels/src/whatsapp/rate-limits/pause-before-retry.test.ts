import assert from "node:assert/strict";
import fc from "fast-check";
import { mapGraphError } from "../map-graph-error.ts";
import { pauseBeforeRetry } from "./pause-before-retry.ts";

Deno.test("pauseBeforeRetry() grows as 4^x s for a pair, but never below what was asked", () => {
  const refused = mapGraphError({ code: 131056 }, 429);
  const pauses = [0, 1, 2, 3, 4, 5, 6].map((attempt) => pauseBeforeRetry(refused, attempt, 0));
  assert.deepEqual(pauses, [6_000, 6_000, 16_000, 64_000, 256_000, 1_024_000, 3_600_000]);
});

Deno.test("pauseBeforeRetry() doubles after a stumble, and gives up after five", () => {
  const refused = mapGraphError({ code: 131000 }, 500);
  const pauses = [0, 1, 2, 3, 4, 5].map((attempt) => pauseBeforeRetry(refused, attempt, 0));
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 16_000, null]);
});

Deno.test("pauseBeforeRetry() waits a minute for maintenance, and five for the limits of the app", () => {
  const pauses = [131057, 4, 80007].map((code) => pauseBeforeRetry(mapGraphError({ code }, 429), 0, 0));
  assert.deepEqual(pauses, [60_000, 300_000, 300_000]);
});

Deno.test("pauseBeforeRetry() sends nothing again that cannot go", () => {
  for (const code of [131047, 131026, 131050, 190, 132001, 131009]) {
    assert.equal(pauseBeforeRetry(mapGraphError({ code }, 400), 0, 0), null);
  }
});

Deno.test("pauseBeforeRetry() stays within a quarter above its growth, and never shrinks", () => {
  const codes = fc.constantFrom(131056, 130429, 131057, 131000, 4);
  fc.assert(
    fc.property(
      codes,
      fc.nat(4),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (code, attempt, random) => {
        const refused = mapGraphError({ code }, 429);
        const [least, pause, next] = [
          pauseBeforeRetry(refused, attempt, 0),
          pauseBeforeRetry(refused, attempt, random),
          pauseBeforeRetry(refused, attempt + 1, 0),
        ];
        assert.ok(least !== null && pause !== null && pause >= least && pause <= least * 1.25);
        assert.ok(next === null || next >= least);
      },
    ),
  );
});
