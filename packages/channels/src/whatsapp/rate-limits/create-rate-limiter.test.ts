import assert from "node:assert/strict";
import { createRateLimiter } from "./create-rate-limiter.ts";

Deno.test("take() gives eight tokens at once and no more than eighty in a second", () => {
  const clock = handClock();
  const limiter = createRateLimiter({ now: clock.now });
  const sent: number[] = [];
  while (clock.now() <= 1000) {
    const waitMs = limiter.take(`person ${sent.length}`);
    if (waitMs === 0) sent.push(clock.now());
    clock.advance(waitMs);
  }
  assert.equal(sent.filter((at) => at === 0).length, 8);
  // The last falls on the end of the second, give or take what floating point rounds.
  assert.ok(sent.length === 79 || sent.length === 80, `${sent.length}`);
});

Deno.test("take() holds back one person and nobody else", () => {
  const clock = handClock();
  const limiter = createRateLimiter({ perSecond: 1000, now: clock.now });
  for (let count = 0; count < 10; count += 1) assert.equal(limiter.take("ana"), 0);
  assert.equal(limiter.take("ana"), 6_000);
  assert.equal(limiter.take("bruno"), 0);
  clock.advance(6_000);
  assert.deepEqual([limiter.take("ana"), limiter.take("ana")], [0, 6_000]);
});

Deno.test("take() takes no token of the number for a person who has to wait", () => {
  const clock = handClock();
  const limiter = createRateLimiter({ perSecond: 20, now: clock.now });
  limiter.pauseRecipient("ana", 60_000);
  for (let count = 0; count < 1000; count += 1) assert.equal(limiter.take("ana"), 60_000);
  assert.deepEqual([limiter.take("bruno"), limiter.take("carla")], [0, 0]);
});

Deno.test("pauseNumber() holds back everybody", () => {
  const clock = handClock();
  const limiter = createRateLimiter({ now: clock.now });
  limiter.pauseNumber(2_000);
  assert.ok(Math.abs(limiter.take("ana") - 2_000) < 1e-6);
  clock.advance(2_000.001);
  assert.equal(limiter.take("ana"), 0);
});

Deno.test("take() remembers no more people than were written to of late", () => {
  const clock = handClock();
  const limiter = createRateLimiter({ perSecond: 1_000_000, now: clock.now });
  for (let person = 0; person < 50_000; person += 1) {
    assert.equal(limiter.take(`person ${person}`), 0);
    clock.advance(1);
  }
  // A person of long ago has a full bucket, remembered or not.
  for (let count = 0; count < 10; count += 1) assert.equal(limiter.take("person 1"), 0);
  assert.equal(limiter.take("person 1"), 6_000);
});

/** A clock that stands still until it is moved. */
function handClock() {
  let ms = 0;
  return { now: () => ms, advance: (byMs: number) => void (ms += byMs) };
}
