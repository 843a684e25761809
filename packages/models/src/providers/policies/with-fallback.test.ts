import assert from "node:assert/strict";
import { failingModel } from "./testing/failing-model.ts";
import { pacingByHand } from "./testing/pacing-by-hand.ts";
import { buildFailure, buildRequest } from "./testing/request.ts";
import { withFallback } from "./with-fallback.ts";

const never = new AbortController().signal;

Deno.test("withFallback() asks only the first model while it answers", async () => {
  const [first, second] = [failingModel("a", []), failingModel("b", [])];

  const reply = await withFallback([first, second]).complete(buildRequest(), never);

  assert.equal(reply.model, "a");
  assert.equal(second.requests.length, 0);
});

Deno.test("withFallback() goes on to the next, also after what a provider refuses for good", async () => {
  const models = [
    failingModel("a", [buildFailure("unauthorized")]),
    failingModel("b", [buildFailure("overloaded")]),
    failingModel("c", []),
  ];

  const reply = await withFallback(models).complete(buildRequest(), never);

  assert.equal(reply.model, "c");
});

Deno.test("withFallback() shares the time, so that a model that hangs leaves some for the next", async () => {
  const pacing = pacingByHand();
  const first = failingModel("a", [buildFailure("timeout")], () => pacing.pass(30_000));
  const second = failingModel("b", [buildFailure("timeout")], () => pacing.pass(10_000));
  const third = failingModel("c", []);

  await withFallback([first, second, third], pacing).complete(buildRequest({ deadlineMs: 90_000 }), never);

  assert.deepEqual(
    [first, second, third].map(({ requests }) => requests[0]?.deadlineMs),
    [30_000, 30_000, 50_000],
  );
});

Deno.test("withFallback() tells the failure that may pass, when all fail", async () => {
  const passing = buildFailure("rate_limited");
  const models = [failingModel("a", [passing]), failingModel("b", [buildFailure("unauthorized")])];

  await assert.rejects(withFallback(models).complete(buildRequest(), never), passing);
});

Deno.test("withFallback() asks nobody else once the turn is aborted", async () => {
  const end = new AbortController();
  const first = failingModel("a", [buildFailure("timeout")], () => end.abort(new Error("superseded")));
  const second = failingModel("b", []);

  await assert.rejects(withFallback([first, second]).complete(buildRequest(), end.signal), /superseded/);
  assert.equal(second.requests.length, 0);
});

Deno.test("withFallback() needs a model", () => {
  assert.throws(() => withFallback([]), RangeError);
});

Deno.test("withFallback() charges whoever answers, or the failure it tells, with what all before cost", async () => {
  const spent = { inputTokens: 10, cachedTokens: 0, outputTokens: 2, costUsd: 0.1 };
  const chain = (isAnswering: boolean) =>
    withFallback([
      failingModel("a", [buildFailure("timeout", { spent })]),
      failingModel("b", [buildFailure("declined", { spent })]),
      failingModel("c", isAnswering ? [] : [buildFailure("unauthorized")]),
    ]);

  const reply = await chain(true).complete(buildRequest(), never);
  assert.deepEqual([reply.model, reply.inputTokens, reply.outputTokens, reply.costUsd], ["c", 30, 5, 0.2]);

  await assert.rejects(chain(false).complete(buildRequest(), never), {
    reason: "timeout",
    spent: { inputTokens: 20, cachedTokens: 0, outputTokens: 4, costUsd: 0.2 },
  });
});
