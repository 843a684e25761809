import assert from "node:assert/strict";
import { ModelFailure } from "../model-failure.ts";
import { failingModel } from "./testing/failing-model.ts";
import { buildFailure, buildRequest } from "./testing/request.ts";
import { withCircuitBreaker } from "./with-circuit-breaker.ts";

const never = new AbortController().signal;

Deno.test("withCircuitBreaker() stops asking after failures in a row, and tries again later", async () => {
  const inner = failingModel("a", [buildFailure("overloaded"), buildFailure("timeout")]);
  const model = withCircuitBreaker(inner, { failures: 2, openMs: 1_000 });
  const ask = () => model.complete(buildRequest(), never);

  await assert.rejects(ask, { reason: "overloaded" });
  await assert.rejects(ask, { reason: "timeout" });
  await assert.rejects(ask, (error) => {
    assert.ok(error instanceof ModelFailure);
    assert.equal(error.reason, "circuit_open");
    assert.equal(error.retryable, true);
    return true;
  });
  assert.equal(inner.requests.length, 2);

  await new Promise((resolve) => setTimeout(resolve, 1_050)); // The library's clock is the machine's.
  assert.equal((await ask()).model, "a");
  assert.equal((await ask()).model, "a");
});

Deno.test("withCircuitBreaker() does not count what the provider refuses for good", async () => {
  const inner = failingModel("a", [buildFailure("invalid_request"), buildFailure("declined")]);
  const model = withCircuitBreaker(inner, { failures: 1 });

  await assert.rejects(model.complete(buildRequest(), never), { reason: "invalid_request" });
  await assert.rejects(model.complete(buildRequest(), never), { reason: "declined" });
  assert.equal((await model.complete(buildRequest(), never)).model, "a");
});
