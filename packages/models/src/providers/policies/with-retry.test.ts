import assert from "node:assert/strict";
import { failingModel } from "./testing/failing-model.ts";
import { pacingByHand } from "./testing/pacing-by-hand.ts";
import { buildFailure, buildRequest } from "./testing/request.ts";
import { withRetry } from "./with-retry.ts";

const never = new AbortController().signal;

Deno.test("withRetry() asks again after the time that the provider names", async () => {
  const pacing = pacingByHand();
  const model = failingModel("a", [buildFailure("rate_limited", { retryAfterMs: 7_000 })]);

  const reply = await withRetry(model, { pacing }).complete(buildRequest(), never);

  assert.equal(reply.model, "a");
  assert.deepEqual(pacing.waits, [7_000]);
  assert.deepEqual(model.requests.map((request) => request.deadlineMs), [60_000, 53_000]);
});

Deno.test("withRetry() waits longer each time when the provider names none", async () => {
  const pacing = pacingByHand();
  const model = failingModel("a", [buildFailure("overloaded"), buildFailure("connection")]);

  await withRetry(model, { pacing }).complete(buildRequest(), never);

  assert.deepEqual(pacing.waits, [375, 750]);
});

Deno.test("withRetry() gives up after its attempts", async () => {
  const last = buildFailure("empty");
  const model = failingModel("a", [buildFailure("cut"), buildFailure("unreadable"), last]);

  await assert.rejects(withRetry(model, { pacing: pacingByHand() }).complete(buildRequest(), never), last);
  assert.equal(model.requests.length, 3);
});

for (
  const [why, failure, deadlineMs] of [
    ["would miss the deadline", buildFailure("rate_limited", { retryAfterMs: 9_000 }), 10_000],
    ["wants more patience than there is", buildFailure("rate_limited", { retryAfterMs: 21_000 }), 90_000],
    ["is not mended by time", buildFailure("unauthorized"), 90_000],
    ["is a fault of ours", new TypeError("a bug"), 90_000],
  ] as const
) {
  Deno.test(`withRetry() does not ask again when that ${why}`, async () => {
    const pacing = pacingByHand();
    const model = failingModel("a", [failure]);

    await assert.rejects(
      withRetry(model, { pacing }).complete(buildRequest({ deadlineMs }), never),
      failure,
    );
    assert.equal(model.requests.length, 1);
    assert.deepEqual(pacing.waits, []);
  });
}

Deno.test("withRetry() stops waiting when the turn is aborted", async () => {
  const end = new AbortController();
  const model = failingModel("a", [buildFailure("overloaded")], () => end.abort(new Error("superseded")));

  await assert.rejects(withRetry(model).complete(buildRequest(), end.signal), /superseded/);
  assert.equal(model.requests.length, 1);
});

Deno.test("withRetry() charges the answer, or the last failure, with what failed before it", async () => {
  const spent = { inputTokens: 10, cachedTokens: 4, outputTokens: 2, costUsd: 0.1 };
  const failures = () => [buildFailure("cut", { spent }), buildFailure("unreadable", { spent })];
  const options = { pacing: pacingByHand(), attempts: 3 };

  const reply = await withRetry(failingModel("a", failures()), options).complete(buildRequest(), never);
  assert.deepEqual(
    [reply.inputTokens, reply.cachedTokens, reply.outputTokens, reply.costUsd],
    [30, 8, 5, 0.2],
  );

  const last = buildFailure("empty", { spent });
  const failing = failingModel("a", [...failures(), last]);
  await assert.rejects(withRetry(failing, options).complete(buildRequest(), never), (error) => {
    assert.equal(error, last);
    assert.deepEqual([last.spent.inputTokens, last.spent.outputTokens], [30, 6]);
    return true;
  });
});
