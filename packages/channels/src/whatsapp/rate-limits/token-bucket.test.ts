import assert from "node:assert/strict";
import fc from "fast-check";
import { emptyBucket, fullBucket, takeToken, waitForToken } from "./token-bucket.ts";
import { coexistencePerSecond, defaultPerSecond, numberLimits, pairLimits } from "./whatsapp-limits.ts";

Deno.test("waitForToken() lets ten go to one person at once, then one each 6 s", () => {
  assert.deepEqual(sendAll(pairLimits, Array.from({ length: 13 }, () => 0)), [
    ...Array.from({ length: 10 }, () => 0),
    6_000,
    12_000,
    18_000,
  ]);
});

for (const perSecond of [defaultPerSecond, coexistencePerSecond, 2, 1000]) {
  Deno.test(`numberLimits(${perSecond}) never lets more go in any second, whenever messages come`, () => {
    const limits = numberLimits(perSecond);
    const arrivals = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(arrivals, (times) => {
        const sent = sendAll(limits, times.sort((left, right) => left - right));
        for (const [index, at] of sent.entries()) {
          const later = sent[index + perSecond];
          // What floating point rounds away is below a nanosecond.
          assert.ok(later === undefined || later - at >= 1000 - 1e-6, `${later} after ${at}`);
        }
      }),
      { numRuns: 100 },
    );
  });
}

Deno.test("numberLimits() uses nine tenths of what is allowed, while enough waits", () => {
  for (const perSecond of [defaultPerSecond, coexistencePerSecond]) {
    const sent = sendAll(numberLimits(perSecond), Array.from({ length: perSecond * 60 }, () => 0));
    assert.ok((sent.at(-1) ?? Infinity) <= 60_000 / 0.9);
  }
});

Deno.test("takeToken() fills no bucket beyond its burst, however long it rested", () => {
  const rested = sendAll(pairLimits, [0, ...Array.from({ length: 12 }, () => 1e12)]);
  assert.deepEqual(rested.slice(1).map((at) => at - 1e12), [
    ...Array.from({ length: 10 }, () => 0),
    6_000,
    12_000,
  ]);
});

Deno.test("takeToken() adds no tokens when the clock goes back", () => {
  let bucket = fullBucket;
  for (let count = 0; count < 10; count += 1) bucket = takeToken(bucket, pairLimits, 100_000);
  assert.equal(waitForToken(bucket, pairLimits, 90_000), 16_000);
});

Deno.test("emptyBucket() holds everything back for as long as was asked, and then lets one go", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(9), (pauseMs, taken) => {
      let bucket = fullBucket;
      for (let count = 0; count < taken; count += 1) bucket = takeToken(bucket, pairLimits, 0);
      const paused = emptyBucket(bucket, pairLimits, 0, pauseMs);
      assert.equal(waitForToken(paused, pairLimits, 0), pauseMs);
      const after = takeToken(paused, pairLimits, pauseMs);
      assert.equal(waitForToken(after, pairLimits, pauseMs), 6_000);
    }),
  );
});

/** When each message goes, if each waits for its token in turn. */
function sendAll(limits: { burst: number; refillMs: number }, arrivals: number[]): number[] {
  let bucket = fullBucket;
  return arrivals.map((arrival) => {
    const at = arrival + waitForToken(bucket, limits, arrival);
    bucket = takeToken(bucket, limits, at);
    return at;
  });
}
