import assert from "node:assert/strict";
import { startProviderDouble } from "../../doubles/start-provider-double.ts";
import { engineRequest } from "../testing/engine-request.ts";
import { compatibleModel } from "./compatible-model.ts";

const never = new AbortController().signal;

for (
  const [answerFormat, refusals] of [
    ["json_schema", [true, false, false]],
    ["json_object", [false, false]],
    ["text", [false, false]],
  ] as const
) {
  Deno.test(`compatibleModel() gets an answer of a server without schemas, by ${answerFormat}`, async () => {
    const double = startProviderDouble("compatible");
    try {
      const { url: baseUrl, apiKey } = double;
      const model = compatibleModel({ apiKey, baseUrl, model: "llama-4-8b", answerFormat });
      const request = await engineRequest();
      for (let turn = 0; turn < 2; turn++) {
        const reply = await model.complete(request, never);
        assert.deepEqual(reply.answer, {});
        assert.equal(reply.costUsd, 0);
      }
      assert.deepEqual(double.calls.map((call) => call.refusal !== null), refusals);
    } finally {
      await double.stop();
    }
  });
}

Deno.test("compatibleModel() reads JSON in a fence, and takes the price it is given", async () => {
  const double = startProviderDouble("compatible", {
    answer: () => ({ text: '```json\n{"a": 1}\n```' }),
  });
  try {
    const price = { input: 1, cachedInput: 1, cacheWrite: 1, output: 1 };
    const { url: baseUrl, apiKey } = double;
    const model = compatibleModel({ apiKey, baseUrl, model: "llama-4-8b", answerFormat: "text", price });
    const reply = await model.complete(await engineRequest(), never);

    assert.deepEqual(reply.answer, { a: 1 });
    // Sums of dollars differ in their last bit by the order of adding.
    assert.ok(Math.abs(reply.costUsd - (reply.inputTokens + reply.outputTokens) / 1e6) < 1e-12);
  } finally {
    await double.stop();
  }
});
