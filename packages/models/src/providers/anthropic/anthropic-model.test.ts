import assert from "node:assert/strict";
import type { ModelRequest } from "@app/sales-engine/mod.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { anthropicPrices } from "../prices/anthropic-prices.ts";
import { withDouble } from "../testing/doubled-model.ts";
import { engineRequest } from "../testing/engine-request.ts";

const never = new AbortController().signal;

Deno.test("anthropicModel() writes the prefix to the cache once and reads it in the next turns, of any customer", async () => {
  await withDouble("anthropic", async (model, double) => {
    const price = anthropicPrices.models["claude-haiku-4-5"];
    assert.ok(price);
    const first = await model.complete(await engineRequest(), never);
    const second = await model.complete(
      await engineRequest(demoMachines.gym, { now: "2026-11-22T18:00:00.000Z", contact: { name: "Ana" } }),
      never,
    );

    const [one, other] = double.calls;
    assert.ok(one?.tokens && other?.tokens);
    assert.ok(one.tokens.written > 3_000 && other.tokens.cached === one.tokens.written);
    assert.deepEqual([first.cachedTokens, second.cachedTokens], [0, one.tokens.written]);
    assert.equal(first.inputTokens, one.tokens.fresh + one.tokens.written);
    const cost = (other.tokens.fresh * price.input + other.tokens.cached * price.cachedInput +
      other.tokens.output * price.output) / 1e6;
    assert.ok(Math.abs(second.costUsd - cost) < 1e-12);
  });
});

Deno.test("anthropicModel() sends a schema within its limits for a machine with many fields", async () => {
  await withDouble("anthropic", async (model, double) => {
    for (const count of [16, 17, 40]) {
      await model.complete(await requestWithFields(count), never);
    }
    assert.deepEqual(double.calls.map((call) => call.refusal), [null, null, null]);
    assert.ok(double.calls.every((call) => JSON.stringify(call.body).includes("json_schema")));
  });
});

Deno.test("anthropicModel() leaves the form to the prompt beyond that", async () => {
  await withDouble("anthropic", async (model, double) => {
    const reply = await model.complete(await requestWithFields(41), never);

    assert.deepEqual(reply.answer, {});
    assert.deepEqual(double.calls.map((call) => call.refusal), [null]);
    assert.ok(!JSON.stringify(double.calls[0]?.body).includes("json_schema"));
  });
});

Deno.test("anthropicModel() thinks as hard as it is told", async () => {
  await withDouble("anthropic", async (model, double) => {
    await model.complete(await engineRequest(), never);
    assert.match(JSON.stringify(double.calls[0]?.body), /"effort":"low"/);
  }, { effort: "minimal", model: "claude-sonnet-5-5" });
});

async function requestWithFields(count: number): Promise<ModelRequest> {
  const names = Array.from({ length: count }, (_, index) => `field_${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { type: ["string", "null"] }]));
  const fields = { type: "object", properties, required: names, additionalProperties: false };
  return { ...await engineRequest(), schema: { type: "object", properties: { fields } } };
}
