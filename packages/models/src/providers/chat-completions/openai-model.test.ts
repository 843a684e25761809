import assert from "node:assert/strict";
import type { ModelRequest } from "@app/sales-engine/mod.ts";
import { demoMachines } from "@app/sales-engine/testing.ts";
import { z } from "zod";
import { openaiPrices } from "../prices/openai-prices.ts";
import { withDouble } from "../testing/doubled-model.ts";
import { engineRequest } from "../testing/engine-request.ts";
import { takesCacheMarks } from "./openai-model.ts";

const never = new AbortController().signal;
const sent = z.looseObject({ prompt_cache_key: z.string().optional(), messages: z.array(z.unknown()) });

for (
  const [model, expected] of [
    ["gpt-6.1-terra", true],
    ["gpt-6-luna", true],
    ["gpt-5.6-sol", true],
    ["gpt-5.5", false],
    ["gpt-5.4-mini-2026-03-17", false],
    ["gpt-5", false],
    ["gpt-4o", false],
    ["o3", false],
  ] as const
) {
  Deno.test(`takesCacheMarks() says ${expected} of ${model}`, () => {
    assert.equal(takesCacheMarks(model), expected);
  });
}

Deno.test("openaiModel() writes the prefix to the cache once and reads it in the next turns, of any customer", async () => {
  await withDouble("openai", async (model, double) => {
    const price = openaiPrices.models["gpt-6.1-terra"];
    assert.ok(price);
    const first = await model.complete(await engineRequest(), never);
    const second = await model.complete(
      await engineRequest(demoMachines.gym, { now: "2026-11-22T18:00:00.000Z", contact: { name: "Ana" } }),
      never,
    );

    const [one, other] = double.calls;
    assert.ok(one?.tokens && other?.tokens);
    assert.ok(one.tokens.written > 3_000 && one.tokens.cached === 0);
    assert.ok(other.tokens.cached === one.tokens.written && other.tokens.written === 0);
    assert.deepEqual([first.cachedTokens, second.cachedTokens], [0, one.tokens.written]);
    assert.equal(first.inputTokens, one.tokens.fresh + one.tokens.written);
    const cost = (one.tokens.fresh * price.input + one.tokens.written * price.cacheWrite +
      one.tokens.output * price.output) / 1e6;
    assert.ok(Math.abs(first.costUsd - cost) < 1e-12);
    assert.ok(second.costUsd < first.costUsd / 5);
    const keys = double.calls.map((call) => sent.parse(call.body).prompt_cache_key);
    assert.ok(keys[0] && keys[0] === keys[1]);
  });
});

Deno.test("openaiModel() leaves older models to find the prefix by themselves", async () => {
  await withDouble("openai", async (model, double) => {
    await model.complete(await engineRequest(), never);
    await model.complete(
      await engineRequest(demoMachines.gym, { now: "2026-11-22T18:00:00.000Z" }),
      never,
    );

    assert.deepEqual(double.calls.map((call) => call.refusal), [null, null]);
    assert.ok((double.calls[1]?.tokens?.cached ?? 0) > 3_000);
    assert.doesNotMatch(
      JSON.stringify(double.calls[0]?.body),
      /prompt_cache_breakpoint|prompt_cache_options/,
    );
  }, { model: "gpt-5.4-mini" });
});

Deno.test("openaiModel() names another cache key for another tenant", async () => {
  await withDouble("openai", async (model, double) => {
    await model.complete(await engineRequest(), never);
    await model.complete(await engineRequest(demoMachines.gym, { tenant: { name: "Otro" } }), never);

    const keys = double.calls.map((call) => sent.parse(call.body).prompt_cache_key);
    assert.notEqual(keys[0], keys[1]);
  });
});

Deno.test("openaiModel() sends a schema that was refused no more, and asks in words alone", async () => {
  await withDouble("openai", async (model, double) => {
    // Deeper than OpenAI takes.
    const deep = Array.from({ length: 11 }).reduce<Record<string, unknown>>(
      (inner) => ({ type: "object", properties: { inner } }),
      { type: "string" },
    );
    const request: ModelRequest = { ...await engineRequest(), schema: deep };

    assert.deepEqual((await model.complete(request, never)).answer, {});
    assert.deepEqual((await model.complete(request, never)).answer, {});
    assert.deepEqual(double.calls.map((call) => call.refusal !== null), [true, false, false]);
  });
});

Deno.test("openaiModel() thinks as hard as it is told", async () => {
  await withDouble("openai", async (model, double) => {
    await model.complete(await engineRequest(), never);
    assert.match(JSON.stringify(double.calls[0]?.body), /"reasoning_effort":"low"/);
  }, { effort: "low" });
});
