import assert from "node:assert/strict";
import { createWaker } from "./create-waker.ts";
import { manualTimers } from "./manual-timers.ts";

function setUp(call?: () => Promise<void>) {
  const timers = manualTimers(1_000_000);
  const calls: number[] = [];
  const failures: unknown[] = [];
  const waker = createWaker({
    timers,
    onFailure: (error) => failures.push(error),
    call: () => {
      calls.push(timers.now());
      return call?.() ?? Promise.resolve();
    },
  });
  return { timers, calls, failures, waker, in: (ms: number) => waker.at(new Date(timers.now() + ms)) };
}

Deno.test("createWaker() calls once, at the earliest time that was asked for", async () => {
  const { timers, calls, in: wakeIn } = setUp();
  wakeIn(4000);
  wakeIn(1000);
  wakeIn(2500);
  assert.equal(timers.waiting, 1);
  await timers.advance(10_000);
  assert.deepEqual(calls, [1_001_000]);
});

Deno.test("createWaker() calls at once for what is due already", async () => {
  const { timers, calls, in: wakeIn } = setUp();
  wakeIn(-500);
  await timers.advance(0);
  assert.deepEqual(calls, [1_000_000]);
});

Deno.test("createWaker() has one call in flight and starts the next when it ended", async () => {
  const ends: (() => void)[] = [];
  const { timers, calls, in: wakeIn } = setUp(() => new Promise((resolve) => ends.push(resolve)));
  wakeIn(0);
  await timers.advance(0);
  for (let i = 0; i < 50; i++) wakeIn(0);
  await timers.advance(1000);
  assert.equal(calls.length, 1);
  ends[0]?.();
  await timers.advance(1000);
  assert.equal(calls.length, 2);
});

Deno.test("createWaker() stays below the hosted limit of calls between functions", async () => {
  const { timers, calls, in: wakeIn } = setUp();
  for (let ms = 0; ms < 1000; ms++) {
    wakeIn(0);
    await timers.advance(1);
  }
  assert.ok(calls.length <= 67, `${calls.length} calls in a second`);
  assert.ok(calls.length >= 60, `${calls.length} calls in a second`);
});

Deno.test("createWaker() reports a failed call and calls again when asked", async () => {
  const { timers, calls, failures, in: wakeIn } = setUp(() => Promise.reject(new Error("no route")));
  const served = wakeIn(0);
  await timers.advance(0);
  await served;
  wakeIn(100);
  await timers.advance(100);
  assert.equal(calls.length, 2);
  assert.equal(failures.length, 2);
});

Deno.test("createWaker() leaves what is due much later to the sweep", async () => {
  const { timers, calls, in: wakeIn } = setUp();
  await wakeIn(3_600_000);
  assert.equal(timers.waiting, 0);
  await timers.advance(3_600_000);
  assert.deepEqual(calls, []);
});
